package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.internal.compaction.LogCompactionWriter;
import io.delta.kernel.internal.fs.Path;
import java.io.IOException;

/**
 * Puts the actions of a few commits in a row into one file more, {@code <first>.<last>.compacted.json}, which readers may take in their
 * place (PROTOCOL.md, Log Compaction Files). Readers that do not know such files go on to read the commits.
 */
final class LogCompaction {
    /**
     * Kernel's own hook drops tombstones that have expired, as a checkpoint may. Here the add that a tombstone takes back may lie before
     * the first commit: without it, a reader would find the file alive. Tombstones without a time count as of time 0.
     */
    private static final long KEEP_EVERY_TOMBSTONE = -1;

    private final TableRoom room;

    LogCompaction(TableRoom room) {
        this.room = room;
    }

    void write(long first, long last) throws IOException {
        Path table = new Path(room.location());
        new LogCompactionWriter(table, new Path(table, "_delta_log"), first, last, KEEP_EVERY_TOMBSTONE)
                .writeLogCompactionFile(room.engine());
    }
}
