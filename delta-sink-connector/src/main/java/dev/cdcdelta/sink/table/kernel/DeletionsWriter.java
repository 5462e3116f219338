package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.WrittenFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Unites newly dead positions with those already marked and stores the vectors of a commit. */
final class DeletionsWriter {
    private final DeletionVectors vectors;

    DeletionsWriter(DeletionVectors vectors) {
        this.vectors = vectors;
    }

    /** @param added the files that the commit brings */
    Deletions write(TableState state, Map<String, WrittenFile> added, TableCommit commit) throws IOException {
        Map<String, DeadRows> united = new LinkedHashMap<>();
        Set<String> wholeFiles = new LinkedHashSet<>();
        long killed = 0;
        for (Map.Entry<String, Roaring64Bitmap> entry : commit.deletions().entrySet()) {
            String path = entry.getKey();
            WrittenFile own = added.get(path);
            DataFile file = own == null ? state.file(path).file() : own.file();
            DeadRows dead = own == null ? vectors.take(state.file(path)) : new DeadRows();
            long before = dead.count();
            dead.addAll(entry.getValue());
            long after = dead.count();
            if (after == before) {
                continue;
            }
            if (dead.last() >= file.rowCount()) {
                throw new IllegalStateException(
                        "position " + dead.last() + " is beyond the " + file.rowCount() + " rows of the file " + path);
            }
            killed += after - before;
            if (after == file.rowCount()) {
                wholeFiles.add(path);
            } else {
                united.put(path, dead);
            }
        }
        for (DataFile file : commit.dead()) {
            united.put(file.path(), DeadRows.first(file.rowCount()));
        }
        DeletionVectors.Stored stored = vectors.write(united);
        return new Deletions(stored.descriptors(), wholeFiles, killed, stored.file());
    }
}
