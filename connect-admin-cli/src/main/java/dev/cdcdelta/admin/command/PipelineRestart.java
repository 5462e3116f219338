package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restarts all connectors of a pipeline with their tasks. */
@Command(
        name = "restart",
        description = "Restart the connectors of a pipeline and their tasks, or what failed of them.")
final class PipelineRestart extends StateVerb {
    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of the pipeline.")
    private String name = "";

    @Option(names = "--only-failed", description = "Leave alone what runs.")
    private boolean onlyFailed;

    @Override
    List<String> connectors(ConnectHttp http) {
        return PipelineLookup.require(http, name).connectors();
    }

    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        return taken(connectors.restart(connector, onlyFailed), "restarting");
    }

    @Override
    Goal goal() {
        return Goal.RUNNING;
    }
}
