package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;

/** How much of a file is still worth its storage. */
final class LiveShare {
    /** A file of which one row in this many is dead costs its readers more than a rewrite costs the writer. */
    private static final int ONE_DEAD_IN = 3;

    private LiveShare() {}

    static long rows(DataFile file) {
        return file.rowCount() - file.deletedRowCount();
    }

    /** Estimated from the size, as if all rows were of one length. */
    static long bytes(DataFile file) {
        return file.rowCount() == 0 ? 0 : (long) ((double) file.size() * rows(file) / file.rowCount());
    }

    static boolean isLargelyDead(DataFile file) {
        return file.deletedRowCount() * ONE_DEAD_IN >= file.rowCount();
    }
}
