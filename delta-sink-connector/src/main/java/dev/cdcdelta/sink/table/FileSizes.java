package dev.cdcdelta.sink.table;

/**
 * How large the files get that are written, and how much of them is in the heap until it goes to the storage.
 *
 * @param target bytes at which a file is ended and another one begun, about
 * @param buffered bytes that the files of one flush may hold back together, about; no row group is larger
 */
public record FileSizes(long target, long buffered) {
    public static final FileSizes DEFAULT = new FileSizes(128L << 20, 64L << 20);

    /** Below it a row group is a burden to readers. */
    private static final long LEAST_BUFFERED = 1L << 20;

    /** @param heap bytes to be held back, as far as that makes sense */
    public static FileSizes within(long target, long heap) {
        return new FileSizes(target, Math.max(LEAST_BUFFERED, Math.min(heap, DEFAULT.buffered)));
    }
}
