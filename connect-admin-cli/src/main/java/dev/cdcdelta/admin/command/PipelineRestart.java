package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restarts all connectors of a pipeline with their tasks. */
@Command(
        name = "restart",
        description = "Restart the connectors of a pipeline and their tasks, or what failed of them.")
final class PipelineRestart extends PipelineVerb {
    @Option(names = "--only-failed", description = "Leave alone what runs.")
    private boolean onlyFailed;

    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        return taken(connectors.restart(connector, onlyFailed), "restarting");
    }

    @Override
    Goal goal() {
        return Goal.RUNNING;
    }
}
