package dev.cdcdelta.sink.table;

import java.util.Map;
import java.util.Optional;

/**
 * A data file of a table, or a file of its change data feed.
 *
 * @param path as in the Delta log: relative to the table, or absolute
 * @param size bytes
 * @param rowCount rows stored, deleted ones included
 * @param deletedRowCount rows that the file's deletion vector marks
 * @param deletionVector the unique identity of that vector, which every new vector of the file changes; empty text if there is none
 * @param tags the AddFile tags
 * @param partition the value of every partition column as text, empty for null; see {@link PartitionText}
 */
public record DataFile(
        String path,
        long size,
        long rowCount,
        long deletedRowCount,
        String deletionVector,
        Map<String, String> tags,
        Map<String, Optional<String>> partition) {
    public DataFile {
        tags = Map.copyOf(tags);
        partition = Map.copyOf(partition);
    }

    /** In a table without partitions. */
    public DataFile(
            String path,
            long size,
            long rowCount,
            long deletedRowCount,
            String deletionVector,
            Map<String, String> tags) {
        this(path, size, rowCount, deletedRowCount, deletionVector, tags, Map.of());
    }
}
