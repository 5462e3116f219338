package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.lag.PartitionLag;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How far the tables of a pipeline are behind their topics. */
@Command(
        name = "lag",
        description = {
            "Show how many events of each topic partition are not in the table yet.",
            "",
            "The offset in the table counts; where the table cannot be read, what the consumer group has committed stands in."
                    + " Events that the source has not written to the topic yet are in no lag; sourceTime, the newest source"
                    + " time in the table, tells of those.",
            ""
        })
final class PipelineLagCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Parameters(
            paramLabel = "PIPELINE",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of the pipeline.")
    private String name = "";

    @Option(
            names = "--max-lag",
            paramLabel = "EVENTS",
            description = "End with 1 if the sum over all partitions is larger; with --wait, what to wait for (0).")
    private @Nullable Long maxLag;

    @Option(names = "--wait", description = "Wait until the lag is no larger than --max-lag.")
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long --wait waits (120).")
    private long timeoutSeconds;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Pipeline pipeline = PipelineLookup.require(where.connect(), name);
        var source = new LagSource(where.context());
        List<PartitionLag> lags = wait ? awaited(source, pipeline) : source.of(pipeline);
        output.write(LagReport.rows(lags));
        boolean tooLarge = maxLag != null && sum(lags) > maxLag;
        return (tooLarge ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
    }

    private List<PartitionLag> awaited(LagSource source, Pipeline pipeline) {
        long enough = maxLag == null ? 0 : maxLag;
        long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        List<PartitionLag> lags = source.of(pipeline);
        // No partition at all means that the source has not created its topic yet.
        while (lags.isEmpty() || sum(lags) > enough) {
            if (System.nanoTime() >= deadline) {
                throw new CommandException(
                        ExitCode.TIMED_OUT,
                        "The lag of pipeline " + pipeline.name() + " is " + sum(lags) + " events after "
                                + timeoutSeconds + " s.",
                        lags.isEmpty() ? "Its topics do not exist yet." : "",
                        "Look at 'pipeline status', or wait longer with --timeout.");
            }
            Pause.of(PAUSE);
            lags = source.of(pipeline);
        }
        return lags;
    }

    private static long sum(List<PartitionLag> lags) {
        return lags.stream().mapToLong(PartitionLag::events).sum();
    }
}
