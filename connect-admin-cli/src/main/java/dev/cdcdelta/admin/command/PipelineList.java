package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One line a pipeline. */
@Command(name = "list", description = "List the pipelines of the cluster with the states of their connectors.")
final class PipelineList implements Callable<Integer> {
    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Pipeline pipeline :
                Pipeline.among(new Connectors(where.connect()).all()).values()) {
            rows.add(Arrays.asList(
                    pipeline.name().value(),
                    pipeline.sourceState(),
                    pipeline.sinkState(),
                    pipeline.reconciliationState(),
                    pipeline.taskCount(),
                    pipeline.setting("collection.include.list").orElse(null),
                    pipeline.setting("warehouse").orElse(null)));
        }
        output.write(new Report.Rows(
                List.of("pipeline", "source", "sink", "reconciliation", "tasks", "collections", "warehouse"), rows));
        return ExitCode.OK.number();
    }
}
