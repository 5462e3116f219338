package dev.cdcdelta.admin.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a pipeline has come.
 *
 * @param lastCommit newest commit of any of its tables; null where the tables cannot be read, or there is none
 * @param deadLetters records in its dead letter topic; null where it has none
 */
public record PipelineProgress(
        List<PartitionLag> partitions,
        @Nullable Instant lastCommit,
        @Nullable Long deadLetters) {
    public PipelineProgress {
        partitions = List.copyOf(partitions);
    }

    /** Committed records that are in no table yet. */
    public long events() {
        return partitions.stream().mapToLong(PartitionLag::events).sum();
    }

    /**
     * How old the newest change in the table is, of the partition that is farthest behind; zero where nothing is left to read. Empty where
     * no table tells.
     */
    public Optional<Duration> age(Instant now) {
        if (events() == 0) {
            return Optional.of(Duration.ZERO);
        }
        Instant oldest = null;
        for (PartitionLag partition : partitions) {
            Instant time = partition.sourceTime();
            if (partition.events() > 0 && time != null && (oldest == null || time.isBefore(oldest))) {
                oldest = time;
            }
        }
        return Optional.ofNullable(oldest).map(time -> Duration.between(time, now));
    }
}
