package dev.cdcdelta.sink.table;

import java.util.Map;

/**
 * A live data file of a snapshot.
 *
 * @param path as in the Delta log: relative to the table, or absolute
 * @param size bytes
 * @param rowCount rows stored, deleted ones included
 * @param deletedRowCount rows that the file's deletion vector marks
 * @param deletionVector the unique identity of that vector, which every new vector of the file changes; empty text if there is none
 * @param tags the AddFile tags
 */
public record DataFile(
        String path, long size, long rowCount, long deletedRowCount, String deletionVector, Map<String, String> tags) {
    public DataFile {
        tags = Map.copyOf(tags);
    }
}
