package dev.cdcdelta.admin.lag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a table is behind one partition of its topic.
 *
 * @param tableOffset first offset that is not in the table; null if nothing of the partition is, or the table cannot be read
 * @param groupOffset what the sink's consumer group has committed to Kafka, which only ever lags behind the table
 * @param endOffset behind the last committed record
 * @param events committed records still to be read
 * @param sourceTime newest source time in the table
 */
public record PartitionLag(
        String topic,
        int partition,
        @Nullable Long tableOffset,
        @Nullable Long groupOffset,
        long endOffset,
        long events,
        @Nullable Instant sourceTime) {}
