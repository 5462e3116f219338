package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;
import java.util.Collection;

/**
 * When a file is large enough to be left alone. Two files that are not, are together less than 1.5 target files and fit into one
 * installation.
 *
 * @param targetBytes the size that files should have
 * @param installableRows the most rows of which one installation may move the keys
 */
record FileBounds(long targetBytes, long installableRows) {
    boolean isFull(Collection<DataFile> together) {
        return isFull(
                together.stream().mapToLong(LiveShare::bytes).sum(),
                together.stream().mapToLong(LiveShare::rows).sum());
    }

    boolean isFull(DataFile file) {
        return isFull(LiveShare.bytes(file), LiveShare.rows(file));
    }

    private boolean isFull(long liveBytes, long liveRows) {
        return liveBytes * 4 >= targetBytes * 3 || liveRows * 2 >= installableRows;
    }

    boolean isInstallable(DataFile file) {
        return LiveShare.rows(file) <= installableRows;
    }

    /** Whether dead rows of small files waste enough of storage to be worth a commit. */
    boolean isWorthACommit(Collection<DataFile> largelyDead) {
        return largelyDead.stream().mapToLong(DataFile::size).sum() * 8 >= targetBytes;
    }
}
