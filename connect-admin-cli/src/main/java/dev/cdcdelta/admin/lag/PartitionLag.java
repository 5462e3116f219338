package dev.cdcdelta.admin.lag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a table is behind one partition of its topic.
 *
 * @param tableOffset first offset that is not in the table; null if nothing of the partition is, or the table cannot be read
 * @param groupOffset what the sink's consumer group has committed to Kafka, which only ever lags behind the table
 * @param beginningOffset first offset that the topic still holds
 * @param endOffset the offset that the next record will get
 * @param sourceTime newest source time in the table
 */
public record PartitionLag(
        String topic,
        int partition,
        @Nullable Long tableOffset,
        @Nullable Long groupOffset,
        long beginningOffset,
        long endOffset,
        @Nullable Instant sourceTime) {
    /** Offsets still to be read. Markers of transactions count, so a transactional source leaves some for good. */
    public long events() {
        long next = beginningOffset;
        if (tableOffset != null) {
            next = tableOffset;
        } else if (groupOffset != null) {
            next = groupOffset;
        }
        return Math.max(0, endOffset - Math.max(beginningOffset, next));
    }
}
