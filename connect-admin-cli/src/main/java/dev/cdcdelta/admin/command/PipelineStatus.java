package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Connectors, tasks and lag of one pipeline. */
@Command(
        name = "status",
        description = {
            "Show the connectors and tasks of a pipeline, why a failed one failed, and the lag.",
            "Ends with 1 unless both connectors and all their tasks run."
        })
final class PipelineStatus implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Pipeline pipeline = PipelineLookup.require(where.connect(), name);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        addRows(rows, pipeline.name().source(), pipeline.source());
        addRows(rows, pipeline.name().sink(), pipeline.sink());
        Report parts = new Report.Rows(List.of("connector", "task", "state", "worker", "problem"), rows);
        output.write(Report.Sections.of("connectors", parts).and("lag", lag(pipeline)));
        return (pipeline.running() ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }

    private static void addRows(
            List<List<@Nullable Object>> rows, String connector, @Nullable ConnectorSummary summary) {
        ConnectorStatus status = summary == null ? null : summary.status();
        if (status == null) {
            rows.add(Arrays.asList(connector, null, summary == null ? "missing" : "UNASSIGNED", null, null));
            return;
        }
        rows.add(row(connector, status.connector()));
        status.tasks().forEach(task -> rows.add(row(connector, task)));
    }

    private static List<@Nullable Object> row(String connector, ConnectorStatus.Part part) {
        String problem = part.firstTraceLine();
        return Arrays.asList(connector, part.id(), part.state(), part.workerId(), problem.isEmpty() ? null : problem);
    }

    /** A lag that cannot be told is no reason to hide the states: the reason stands in its place. */
    private Report lag(Pipeline pipeline) {
        try {
            return LagReport.rows(new LagSource(where.context()).of(pipeline));
        } catch (CommandException e) {
            return unknown(String.valueOf(e.getMessage()), e.remedy());
        } catch (KafkaException e) {
            return unknown(String.valueOf(e.getMessage()), "Check the warehouse and its keys in the context.");
        }
    }

    private static Report unknown(String problem, String remedy) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("unknown", problem);
        facts.put("remedy", remedy);
        return new Report.Facts(facts);
    }
}
