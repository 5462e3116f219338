package dev.cdcdelta.sink.index.store;

/**
 * A data file whose live rows the store holds.
 *
 * @param number what entries call it; never used again for another file
 * @param vector the identity of the deletion vector that the entries take into account
 * @param rows entries that point to live rows of the file
 * @param deletedRows rows that the vector marks
 * @param hasStrays whether entries may point to rows that the vector marks, because others deleted them
 */
public record StoredFile(int number, String path, String vector, long rows, long deletedRows, boolean hasStrays) {
    public StoredFile withRows(long count) {
        return new StoredFile(number, path, vector, count, deletedRows, hasStrays);
    }
}
