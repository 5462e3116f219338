package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What puts compacted files into a certain snapshot.
 *
 * @param dead files of remembered deletes among the new ones
 * @param killed the rows that have died in the source files since they were read: positions by path of the new file
 */
record Installation(
        List<DataFile> added, List<DataFile> dead, Map<String, Roaring64Bitmap> killed, Set<String> removed) {
    /** Reads the present deletion vector of a file. */
    interface Vectors {
        Roaring64Bitmap deletedPositions(DataFile file);
    }

    /** @throws StaleCompactionException if the snapshot is none that the compaction was made for */
    static Installation in(TableSnapshot snapshot, CompactedFiles compacted, Vectors vectors)
            throws StaleCompactionException {
        if (!snapshot.columns().equals(compacted.columns())) {
            throw new StaleCompactionException("the table has other columns");
        }
        Roaring64Bitmap killed = new Roaring64Bitmap();
        for (MovedRows moved : compacted.sources()) {
            killed.or(killedSince(moved, snapshot, vectors));
        }
        if (!killed.isEmpty() && !snapshot.has(TableFeature.DELETION_VECTORS)) {
            throw new StaleCompactionException("rows have been deleted, and the table has no deletion vectors");
        }
        Map<String, Roaring64Bitmap> dead = compacted.positionsOf(killed);
        List<DataFile> added = compacted.files().stream()
                .filter(file -> !isWhollyDead(file, dead))
                .toList();
        Map<String, Roaring64Bitmap> deletions = new HashMap<>(dead);
        deletions.keySet().retainAll(added.stream().map(DataFile::path).collect(Collectors.toSet()));
        return new Installation(
                added,
                compacted.deletes(),
                deletions,
                compacted.sources().stream().map(moved -> moved.source().path()).collect(Collectors.toSet()));
    }

    int newFiles() {
        return added.size() + dead.size();
    }

    private static Roaring64Bitmap killedSince(MovedRows moved, TableSnapshot snapshot, Vectors vectors)
            throws StaleCompactionException {
        DataFile read = moved.source();
        DataFile now = snapshot.files().get(read.path());
        if (now == null) {
            throw new StaleCompactionException("the file " + read.path() + " has been rewritten");
        }
        if (now.deletionVector().equals(read.deletionVector())) {
            return new Roaring64Bitmap();
        }
        Roaring64Bitmap dead = vectors.deletedPositions(now);
        Roaring64Bitmap killed = moved.killedBy(dead);
        if (!moved.stillCovers(dead, killed)) {
            throw new StaleCompactionException("deleted rows of the file " + read.path() + " are back");
        }
        return killed;
    }

    private static boolean isWhollyDead(DataFile file, Map<String, Roaring64Bitmap> dead) {
        Roaring64Bitmap positions = dead.get(file.path());
        return positions != null && positions.getLongCardinality() == file.rowCount();
    }

    /** The rows stay what they are, so no offset and no freshness changes either. */
    TableCommit commitTo(TableSnapshot snapshot) {
        return new TableCommit(false, snapshot.columns(), added, dead, killed, removed, List.of(), Map.of());
    }
}
