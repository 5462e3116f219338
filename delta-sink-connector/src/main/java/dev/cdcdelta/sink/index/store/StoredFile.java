package dev.cdcdelta.sink.index.store;

/**
 * A data file whose live rows the store holds.
 *
 * @param number what entries call it; never used again for another file
 * @param vector the identity of the deletion vector that the entries take into account
 * @param rows entries that point to live rows of the file
 * @param deletedRows rows that the vector marks
 * @param hasStrays whether entries may point to rows that the vector marks, because others deleted them
 * @param surplus how many more live rows were found in the file, when it was read, than the table states; 0 if statistics are right
 */
public record StoredFile(
        int number, String path, String vector, long rows, long deletedRows, boolean hasStrays, long surplus) {
    public StoredFile withRows(long count) {
        return new StoredFile(number, path, vector, count, deletedRows, hasStrays, surplus);
    }

    /** The file with another vector. */
    public StoredFile withVector(String identity, long marked, long count, boolean strays) {
        return new StoredFile(number, path, identity, count, marked, strays, surplus);
    }

    /** Whether the entries are all there, given how many live rows the table states. */
    public boolean isComplete(long stated) {
        return rows == stated + surplus;
    }
}
