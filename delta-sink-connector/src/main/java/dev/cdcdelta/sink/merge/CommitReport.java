package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How a commit went.
 *
 * @param snapshot the table after it
 * @param millis from the start of the flush, lost races included
 * @param newestSourceTime of the changes that it took, milliseconds since the epoch; empty where no source told its time
 * @param offsets the next one to read of each partition that it took something from
 * @param changedColumns whether the table got other columns by it
 * @param indexEntries keys that the task's index of the table knows, remembered deletes included; 0 for tables of events
 */
public record CommitReport(
        String location,
        TableSnapshot snapshot,
        Volume volume,
        long millis,
        OptionalLong newestSourceTime,
        Map<TopicPartition, Long> offsets,
        boolean changedColumns,
        long indexEntries) {
    public CommitReport {
        offsets = Map.copyOf(offsets);
    }

    /**
     * How much it took.
     *
     * @param rows written
     * @param deletes of documents, whether or not the table held them
     * @param replaced rows that were replaced or deleted in place
     * @param stale changes that the table was ahead of
     * @param lookups keys that the index was asked for; 0 for tables of events
     * @param files data files written
     * @param bytes of these files
     */
    public record Volume(long rows, long deletes, long replaced, long stale, long lookups, long files, long bytes) {}
}
