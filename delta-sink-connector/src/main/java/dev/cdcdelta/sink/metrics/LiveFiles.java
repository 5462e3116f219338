package dev.cdcdelta.sink.metrics;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableSnapshot;

/**
 * What the live files of a version come to.
 *
 * @param rows that are not deleted
 * @param deadRows that deletion vectors mark
 * @param vectors files that have one
 */
record LiveFiles(long version, long files, long bytes, long rows, long deadRows, long vectors) {
    static LiveFiles of(TableSnapshot snapshot) {
        long bytes = 0;
        long rows = 0;
        long dead = 0;
        long vectors = 0;
        for (DataFile file : snapshot.files().values()) {
            bytes += file.size();
            rows += file.rowCount() - file.deletedRowCount();
            dead += file.deletedRowCount();
            vectors += file.deletionVector().isEmpty() ? 0 : 1;
        }
        return new LiveFiles(snapshot.version(), snapshot.files().size(), bytes, rows, dead, vectors);
    }
}
