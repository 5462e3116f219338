package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.index.store.Entry;
import dev.cdcdelta.sink.index.store.FileChanges;
import dev.cdcdelta.sink.index.store.HashStore;
import dev.cdcdelta.sink.index.store.KeyHash;
import dev.cdcdelta.sink.index.store.StoredFile;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of an index that covers some of the files: what its store means, given the table's files. */
final class Shard implements AutoCloseable {
    /** No version: which files the store is behind with, only a comparison of all of them tells. */
    static final long UNSETTLED = -1;

    private final IndexedFiles covered;
    private final ShardRoom room;
    private final HashStore store;
    private final Tombstones tombstones;
    private final ShardFiles files;
    private final boolean reopened;
    private long version = UNSETTLED;

    Shard(IndexedFiles covered, ShardRoom room, HashStore store, Tombstones tombstones) {
        this.covered = covered;
        this.room = room;
        this.store = store;
        this.tombstones = tombstones;
        this.files = new ShardFiles(store.files().values());
        this.reopened = !store.isLoading();
    }

    IndexedFiles covered() {
        return covered;
    }

    boolean isReopened() {
        return reopened;
    }

    ShardRoom room() {
        return room;
    }

    HashStore store() {
        return store;
    }

    boolean isAt(TableSnapshot snapshot) {
        return version == snapshot.version();
    }

    Optional<RowLocation> find(KeyHash key) throws IOException, DamagedStoreException {
        Entry entry = store.get(key);
        StoredFile file = entry == null ? null : files.of(entry);
        return entry == null || file == null
                ? Optional.empty()
                : Optional.of(new RowLocation(file.path(), entry.position(), version(entry)));
    }

    /** The version of a delete that is still remembered. */
    Optional<SourceVersion> deleteOf(KeyHash key) throws IOException, DamagedStoreException {
        Entry entry = store.get(key);
        return entry != null && tombstones.isRemembered(entry) ? Optional.of(version(entry)) : Optional.empty();
    }

    private static SourceVersion version(Entry entry) {
        return new SourceVersion(entry.timeMillis(), entry.ordinal());
    }

    /** Paths of covered files that the store knows otherwise than the snapshot. */
    Set<String> changed(DeltaTable table) {
        TableSnapshot snapshot = table.snapshot();
        Set<String> suspects = version == UNSETTLED
                ? allPaths(snapshot)
                : table.changedSince(version).orElseGet(() -> allPaths(snapshot));
        Set<String> changed = new HashSet<>();
        for (String path : suspects) {
            StoredFile known = store.files().get(path);
            DataFile live = live(snapshot, path);
            if (known == null ? live != null : live == null || !known.vector().equals(live.deletionVector())) {
                changed.add(path);
            }
        }
        return changed;
    }

    private Set<String> allPaths(TableSnapshot snapshot) {
        Set<String> paths = new HashSet<>(store.files().keySet());
        paths.addAll(snapshot.files().keySet());
        return paths;
    }

    private @Nullable DataFile live(TableSnapshot snapshot, String path) {
        DataFile file = snapshot.files().get(path);
        return file != null && covered.covers(file) ? file : null;
    }

    /** The stored files must hold as many rows as the table says. */
    void checkRowCounts(TableSnapshot snapshot) throws DamagedStoreException {
        for (StoredFile known : store.files().values()) {
            DataFile live = live(snapshot, known.path());
            if (live != null && live.deletionVector().equals(known.vector()) && !known.isComplete(liveRows(live))) {
                throw new DamagedStoreException("it has " + known.rows() + " rows of " + known.path() + ", which has "
                        + (liveRows(live) + known.surplus()));
            }
        }
    }

    /** Loads the vectors that a reopened store takes into account. */
    void loadVectors(DeltaTable table) {
        for (StoredFile known : store.files().values()) {
            DataFile live = live(table.snapshot(), known.path());
            if (known.hasStrays() && live != null) {
                files.setVector(known.number(), table.deletedPositions(live));
            }
        }
    }

    /**
     * Takes in what happened to files that are known.
     *
     * @return the files whose keys have to be read
     */
    List<DataFile> acceptRemovedAndVectored(DeltaTable table) throws IOException, DamagedStoreException {
        return acceptRemovedAndVectored(table, changed(table));
    }

    /** @param changed files, as {@link #changed} says */
    List<DataFile> acceptRemovedAndVectored(DeltaTable table, Set<String> changed)
            throws IOException, DamagedStoreException {
        long since = version == UNSETTLED ? store.tableVersion() : version;
        if (changed.isEmpty() && !store.isLoading()) {
            version = table.snapshot().version();
            return List.of();
        }
        version = UNSETTLED;
        List<DataFile> toRead = new ArrayList<>();
        List<StoredFile> put = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        Boolean growing = null;
        for (String path : changed) {
            StoredFile known = store.files().get(path);
            DataFile live = live(table.snapshot(), path);
            if (known == null) {
                toRead.add(Objects.requireNonNull(live));
                continue;
            }
            boolean vectored = false;
            if (live != null && live.deletedRowCount() > known.deletedRows()) {
                growing = growing == null ? Growth.isCertain(table, since) : growing;
                vectored = growing;
            }
            if (live != null && vectored) {
                StoredFile now = known.withVector(
                        live.deletionVector(), live.deletedRowCount(), liveRows(live) + known.surplus(), true);
                files.setVector(known.number(), table.deletedPositions(live));
                files.put(now);
                put.add(now);
            } else {
                files.remove(known);
                removed.add(path);
                if (live != null) {
                    toRead.add(live);
                }
            }
        }
        boolean settled = toRead.isEmpty() && !store.isLoading();
        long reached = settled ? table.snapshot().version() : UNSETTLED;
        store.update(
                List.of(),
                (index, before) -> before,
                this::isGarbage,
                () -> new FileChanges(reached, store.nextNumber(), put, removed));
        version = reached;
        return toRead;
    }

    /** Takes in the rows of files; see {@link ShardLoader}. */
    ShardLoader loader(DeltaTable table, List<DataFile> added, ShardLoader.OtherRows others) {
        return new ShardLoader(table, store, files, this::isGarbage, added, others);
    }

    void settle(TableSnapshot snapshot) {
        version = snapshot.version();
    }

    /** Takes in a commit of ours, to which the table has moved. What does not add up is left for the next catch-up to read. */
    void apply(List<KeyChange> changes, DeltaTable table) throws IOException, DamagedStoreException {
        Set<String> changedFiles = changed(table);
        if (changes.isEmpty() && changedFiles.isEmpty()) {
            version = table.snapshot().version();
            return;
        }
        version = UNSETTLED;
        AppliedChanges applied = new AppliedChanges(changes, store, files, tombstones);
        applied.changed(changedFiles, path -> live(table.snapshot(), path));
        store.update(
                changes.stream().map(KeyChange::key).toList(),
                applied,
                this::isGarbage,
                () -> applied.settle(table.snapshot().version()));
        version = applied.isComplete() ? table.snapshot().version() : UNSETTLED;
    }

    private boolean isGarbage(Entry entry) {
        return entry.isTombstone() ? !tombstones.isRemembered(entry) : !files.isLive(entry);
    }

    static long liveRows(DataFile file) {
        return file.rowCount() - file.deletedRowCount();
    }

    /** A file whose rows were read, or written by us, and counted. */
    static StoredFile stored(int number, DataFile file, long rows) {
        return new StoredFile(
                number, file.path(), file.deletionVector(), rows, file.deletedRowCount(), false, rows - liveRows(file));
    }

    @Override
    public void close() throws IOException {
        try (room;
                store) {
            version = UNSETTLED;
        }
    }
}
