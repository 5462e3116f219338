package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.lag.PipelineProgress;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
            "Show the connectors and tasks of a pipeline, why a failed one failed, and how far it has come.",
            "Ends with 1 unless its connectors and all their tasks run."
        })
final class PipelineStatus implements Callable<Integer> {
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
        Pipeline pipeline = PipelineLookup.require(where.connect(), name);
        var rows = new StatusRows();
        add(rows, pipeline.name().source(), pipeline.source());
        add(rows, pipeline.name().sink(), pipeline.sink());
        if (pipeline.reconciliation() != null) {
            add(rows, pipeline.name().reconciliation(), pipeline.reconciliation());
        }
        output.write(progress(pipeline, Report.Sections.of("connectors", rows.report())));
        return (pipeline.running() ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }

    private static void add(StatusRows rows, String connector, @Nullable ConnectorSummary summary) {
        if (summary == null) {
            rows.addMissing(connector);
        } else {
            rows.add(connector, summary.status());
        }
    }

    /** A lag that cannot be told is no reason to hide the states: the reason stands in its place. */
    private Report progress(Pipeline pipeline, Report.Sections states) {
        try {
            PipelineProgress progress = new LagSource(where.context()).progress(pipeline);
            return states.and("progress", summary(progress)).and("lag", LagReport.rows(progress.partitions()));
        } catch (CommandException e) {
            return states.and("lag", unknown(String.valueOf(e.getMessage()), e.remedy()));
        } catch (KafkaException e) {
            return states.and(
                    "lag", unknown(String.valueOf(e.getMessage()), "Check the warehouse and its keys in the context."));
        }
    }

    private static Report summary(PipelineProgress progress) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("lagEvents", progress.events());
        facts.put(
                "lagSeconds",
                progress.age(Instant.now()).map(Duration::toSeconds).orElse(null));
        facts.put("deadLetters", progress.deadLetters());
        facts.put("lastCommit", progress.lastCommit());
        return new Report.Facts(facts);
    }

    private static Report unknown(String problem, String remedy) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("unknown", problem);
        facts.put("remedy", remedy);
        return new Report.Facts(facts);
    }
}
