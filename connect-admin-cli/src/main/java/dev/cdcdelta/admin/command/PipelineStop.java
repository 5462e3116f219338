package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Of all connectors of a pipeline. */
@Command(
        name = "stop",
        description = "Stop a pipeline: its tasks end and free what they hold; configuration and offsets stay.")
final class PipelineStop extends PipelineVerb {
    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        return taken(connectors.stop(connector), "stopping");
    }

    @Override
    Goal goal() {
        return Goal.STOPPED;
    }
}
