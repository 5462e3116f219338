package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Of all connectors of a pipeline. */
@Command(name = "pause", description = "Pause a pipeline: its tasks stay, and read or write nothing until 'resume'.")
final class PipelinePause extends PipelineVerb {
    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        return taken(connectors.pause(connector), "pausing");
    }

    @Override
    Goal goal() {
        return Goal.PAUSED;
    }
}
