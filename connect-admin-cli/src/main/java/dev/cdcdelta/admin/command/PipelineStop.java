package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Of all connectors of a pipeline. */
@Command(
        name = "stop",
        description = "Stop a pipeline: its tasks end and free what they hold; configuration and offsets stay.")
final class PipelineStop extends StateVerb {
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
        return taken(connectors.stop(connector), "stopping");
    }

    @Override
    Goal goal() {
        return Goal.STOPPED;
    }
}
