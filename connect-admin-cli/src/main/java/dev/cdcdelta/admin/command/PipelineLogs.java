package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The failures that Connect keeps of a pipeline. */
@Command(
        name = "logs",
        description = {
            "Show the whole stack traces of what has failed, and on which workers the pipeline runs.",
            "",
            "Connect's REST API gives no log lines: the rest is in the log of these workers, where each line of a task begins"
                    + " with [<connector>|task-<n>] if the worker's log layout has %%X{connector.context}.",
            ""
        })
final class PipelineLogs implements Callable<Integer> {
    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of the pipeline.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        Pipeline pipeline = PipelineLookup.require(http, name);
        var connectors = new Connectors(http);
        List<List<Object>> places = new ArrayList<>();
        Map<String, Object> traces = new LinkedHashMap<>();
        for (String connector : pipeline.connectors()) {
            connectors.status(connector).ifPresent(status -> {
                add(connector, status.connector(), places, traces);
                status.tasks().forEach(task -> add(connector, task, places, traces));
            });
        }
        output.write(Report.Sections.of("workers", new Report.Rows(List.of("logged", "state", "worker"), places))
                .and("traces", new Report.Facts(traces)));
        return ExitCode.OK.number();
    }

    private static void add(
            String connector, ConnectorStatus.Part part, List<List<Object>> places, Map<String, Object> traces) {
        String mark = "[" + connector + "|" + (part.id() == null ? "worker" : "task-" + part.id()) + "]";
        places.add(List.of(mark, part.state(), part.workerId()));
        if (part.trace() != null) {
            traces.put(mark, part.wholeTrace());
        }
    }
}
