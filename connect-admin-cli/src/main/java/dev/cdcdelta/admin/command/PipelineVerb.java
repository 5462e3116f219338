package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.rest.ConnectHttp;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A verb for all connectors of a pipeline. */
abstract class PipelineVerb extends StateVerb {
    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of the pipeline.")
    private String name = "";

    @Override
    final List<String> connectors(ConnectHttp http) {
        return PipelineLookup.require(http, name).connectors();
    }
}
