package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Of all connectors of a pipeline. */
@Command(name = "resume", description = "Resume a pipeline after a pause or a stop.")
final class PipelineResume extends PipelineVerb {
    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        return taken(connectors.resume(connector), "resuming");
    }

    @Override
    Goal goal() {
        return Goal.RUNNING;
    }
}
