package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes the connectors of a pipeline. */
@Command(
        name = "delete",
        description = {
            "Delete the connectors of a pipeline. Its topics and tables stay.",
            "Created again under its name, the pipeline goes on where it stopped: Connect keeps the source's position, the"
                    + " table its offsets."
        })
final class PipelineDelete implements Callable<Integer> {
    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of the pipeline.")
    private String name = "";

    @Option(names = "--dry-run", description = "Show what is there and delete nothing.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        Pipeline pipeline = PipelineLookup.require(http, name);
        var connectors = new Connectors(http);
        List<List<Object>> rows = new ArrayList<>();
        for (String connector : pipeline.connectors()) {
            rows.add(List.of(connector, dryRun ? "would be deleted" : result(connectors.delete(connector))));
        }
        output.write(new Report.Rows(List.of("connector", "result"), rows));
        return ExitCode.OK.number();
    }

    /** Somebody else may have been faster. */
    private static String result(boolean deleted) {
        return deleted ? "deleted" : "was not there";
    }
}
