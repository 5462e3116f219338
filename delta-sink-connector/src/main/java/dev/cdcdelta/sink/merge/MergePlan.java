package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.Change;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What a batch changes in its table.
 *
 * @param rows to write, by topic partition
 * @param kills positions of rows that die, by path of a live file
 * @param deletes that took effect
 * @param stale changes that the table, or another of the batch, is ahead of
 */
record MergePlan(
        Map<TopicPartition, List<PlannedRow>> rows,
        Map<String, Roaring64Bitmap> kills,
        List<Change.Delete> deletes,
        long stale) {
    long rowCount() {
        return rows.values().stream().mapToLong(List::size).sum();
    }

    long killCount() {
        return kills.values().stream()
                .mapToLong(Roaring64Bitmap::getLongCardinality)
                .sum();
    }

    boolean changesRows() {
        return !rows.isEmpty() || !kills.isEmpty();
    }
}
