package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Of all connectors of a pipeline. */
@Command(name = "pause", description = "Pause a pipeline: its tasks stay, and read or write nothing until 'resume'.")
final class PipelinePause extends StateVerb {
    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of the pipeline.")
    private String name = "";

    @Override
    List<String> connectors(ConnectHttp http) {
        return PipelineLookup.require(http, name).connectors();
    }

    @Override
    Optional<String> apply(Connectors connectors, String connector) {
        return taken(connectors.pause(connector), "pausing");
    }

    @Override
    Goal goal() {
        return Goal.PAUSED;
    }
}
