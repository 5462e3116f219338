package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.pipeline.PipelineName;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds a pipeline by the name on the command line. */
final class PipelineLookup {
    private PipelineLookup() {}

    static Pipeline require(ConnectHttp http, String name) {
        Map<PipelineName, Pipeline> all = Pipeline.among(new Connectors(http).all());
        Pipeline pipeline = all.get(new PipelineName(name));
        if (pipeline == null) {
            String known = all.keySet().stream().map(PipelineName::value).collect(Collectors.joining(", "));
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "There is no pipeline '" + name + "' at " + http.address() + ".",
                    known.isEmpty() ? "The cluster has no pipeline." : "It has " + known + ".",
                    "Name one that 'pipeline list' shows, or create it with 'pipeline create'.");
        }
        return pipeline;
    }
}
