package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.lag.PartitionLag;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.rest.Connectors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One line a pipeline. */
@Command(
        name = "lag",
        description = {
            "Show how far the tables of each pipeline are behind their topics.",
            "",
            "seconds is the age of the newest source time in the table of the partition that is furthest behind; 0 where nothing waits."
                    + " 'pipeline lag' shows the partitions.",
            ""
        })
final class LagCommand implements Callable<Integer> {
    @Option(names = "--max-lag", paramLabel = "EVENTS", description = "End with 1 if a pipeline has more to read.")
    private @Nullable Long maxLag;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        LagSource source = new LagSource(where.context());
        Instant now = Clock.systemUTC().instant();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        boolean tooLarge = false;
        for (Pipeline pipeline :
                Pipeline.among(new Connectors(where.connect()).all()).values()) {
            List<PartitionLag> lags = source.of(pipeline);
            long events = lags.stream().mapToLong(PartitionLag::events).sum();
            tooLarge |= maxLag != null && events > maxLag;
            rows.add(Arrays.asList(pipeline.name().value(), lags.size(), events, seconds(lags, now)));
        }
        output.write(new Report.Rows(List.of("pipeline", "partitions", "events", "seconds"), rows));
        return (tooLarge ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
    }

    /** Null where events wait and no table tells a time. */
    private static @Nullable Long seconds(List<PartitionLag> lags, Instant now) {
        if (lags.stream().allMatch(lag -> lag.events() == 0)) {
            return 0L;
        }
        return lags.stream()
                .filter(lag -> lag.events() > 0)
                .map(PartitionLag::sourceTime)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds()))
                .orElse(null);
    }
}
