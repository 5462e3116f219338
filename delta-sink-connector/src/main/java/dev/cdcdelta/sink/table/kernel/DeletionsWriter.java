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
    private static final String OUR_TAGS = "cdcdelta.";

    private final DeletionVectors vectors;
    private final LiveFile.RowCounter rowCounter;

    DeletionsWriter(DeletionVectors vectors, LiveFile.RowCounter rowCounter) {
        this.vectors = vectors;
        this.rowCounter = rowCounter;
    }

    /** @param added the files that the commit brings */
    Deletions write(TableState state, Map<String, WrittenFile> added, TableCommit commit) throws IOException {
        Map<String, DeadRows> united = new LinkedHashMap<>();
        Set<String> wholeFiles = new LinkedHashSet<>();
        Map<String, Long> recounted = new LinkedHashMap<>();
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
            long rows = rowCount(file, dead.last(), after);
            if (dead.last() >= rows) {
                throw new IllegalStateException(
                        "position " + dead.last() + " is beyond the " + rows + " rows of the file " + path);
            }
            if (rows != file.rowCount()) {
                recounted.put(path, rows);
            }
            killed += after - before;
            if (after == rows) {
                wholeFiles.add(path);
            } else {
                united.put(path, dead);
            }
        }
        for (DataFile file : commit.dead()) {
            united.put(file.path(), DeadRows.first(file.rowCount()));
        }
        DeletionVectors.Stored stored = vectors.write(united);
        return new Deletions(stored.descriptors(), wholeFiles, recounted, killed, stored.file());
    }

    /**
     * What the log says of another writer's file may be wrong: the file itself is asked before a row beyond that number dies, for which
     * the log has to state the right one (PROTOCOL.md, Writer Requirements for Deletion Vectors), and before the file goes, with rows
     * that nobody knew of.
     */
    private long rowCount(DataFile file, long lastDead, long dead) {
        boolean isLastRowAtStake = lastDead >= file.rowCount() || dead >= file.rowCount();
        return isLastRowAtStake && !isOurs(file) ? rowCounter.of(file.path(), file.size()) : file.rowCount();
    }

    private static boolean isOurs(DataFile file) {
        return file.tags().keySet().stream().anyMatch(tag -> tag.startsWith(OUR_TAGS));
    }
}
