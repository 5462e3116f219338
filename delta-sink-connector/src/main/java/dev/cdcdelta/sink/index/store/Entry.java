package dev.cdcdelta.sink.index.store;

/**
 * What is stored of a key.
 *
 * @param file the number of the data file that holds its row; {@link #DELETED} for a tombstone
 * @param position the row's index in the file, below 2^32; for a tombstone, when it was made, in seconds since the epoch
 * @param timeMillis the source version's time
 * @param ordinal the source version's order within that time
 */
public record Entry(int file, long position, long timeMillis, int ordinal) {
    public static final int DELETED = 0;
    public static final long MAX_POSITION = 0xFFFF_FFFFL;

    public Entry {
        if (position < 0 || position > MAX_POSITION) {
            throw new IllegalArgumentException("no position of a row: " + position);
        }
    }

    public boolean isTombstone() {
        return file == DELETED;
    }
}
