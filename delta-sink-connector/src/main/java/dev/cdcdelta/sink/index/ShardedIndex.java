package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.index.store.KeyHash;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * An index on disk, of one store for each set of files that it covers. What a store loses is read from the table again. For one thread at
 * a time, but another may close it in the midst: a flush that was left to itself must not take an index that was taken from it for one
 * without rows.
 */
final class ShardedIndex implements KeyIndex, AutoCloseable {
    private final DeltaTable table;
    private final ShardOpener opener;
    private final List<Shard> shards = new ArrayList<>();
    private @Nullable DocumentKey lastKey;
    private Known last = Known.NOTHING;
    private long filesRead;
    private boolean closed;

    private record Known(Optional<RowLocation> row, Optional<SourceVersion> delete) {
        static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
    }

    private interface Work<T> {
        T run() throws IOException, DamagedStoreException;
    }

    private interface ShardWork<T> {
        T run(Shard shard) throws IOException, DamagedStoreException;
    }

    /** An index as of the table's snapshot. */
    ShardedIndex(DeltaTable table, ShardOpener opener, List<IndexedFiles> covered) {
        this.table = table;
        this.opener = opener;
        cover(covered);
    }

    /** Covers other files from here on. */
    synchronized void cover(List<IndexedFiles> covered) {
        requireOpen();
        closeShards();
        try {
            for (IndexedFiles each : covered) {
                shards.add(run(() -> opener.open(table, each)));
            }
            catchUp();
            for (int i = 0; i < shards.size(); i++) {
                int place = i;
                if (shards.get(place).isReopened()) {
                    repairing(place, shard -> {
                        SpotCheck.check(shard, table, opener.random());
                        return Optional.empty();
                    });
                }
            }
        } catch (RuntimeException e) {
            try {
                closeShards();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** How many files' keys were read since this was opened, spot checks aside. */
    long filesRead() {
        return filesRead;
    }

    @Override
    public synchronized long entries() {
        return shards.stream().mapToLong(shard -> shard.store().entries()).sum();
    }

    List<IndexedFiles> covered() {
        return shards.stream().map(Shard::covered).toList();
    }

    /** @return whether the index was behind the table's snapshot in any file */
    synchronized boolean catchUp() {
        requireOpen();
        lastKey = null;
        TableSnapshot snapshot = table.snapshot();
        if (shards.stream().allMatch(shard -> shard.isAt(snapshot))) {
            return false;
        }
        // Rows that others killed are dead everywhere before any key is read, or one that they moved would seem to be
        // twice.
        List<List<DataFile>> added = new ArrayList<>();
        boolean behind = false;
        for (int i = 0; i < shards.size(); i++) {
            Shard asked = shards.get(i);
            Set<String> changed = asked.changed(table);
            behind |= !changed.isEmpty();
            added.add(repairing(
                    i,
                    shard -> shard == asked
                            ? shard.acceptRemovedAndVectored(table, changed)
                            : shard.acceptRemovedAndVectored(table)));
        }
        for (int i = 0; i < shards.size(); i++) {
            List<DataFile> files = added.get(i);
            if (!shards.get(i).isAt(snapshot)) {
                repairing(i, shard -> {
                    load(shard, shard.isAt(snapshot) ? List.of() : files);
                    return Optional.empty();
                });
            }
        }
        return behind;
    }

    private void load(Shard shard, List<DataFile> files) throws IOException, DamagedStoreException {
        filesRead += files.size();
        shard.loader(table, files, key -> findBut(shard, key)).load();
        shard.settle(table.snapshot());
    }

    private Optional<RowLocation> findBut(Shard not, KeyHash key) throws IOException, DamagedStoreException {
        for (Shard shard : shards) {
            if (shard != not) {
                Optional<RowLocation> row = shard.find(key);
                if (row.isPresent()) {
                    return row;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Optional<RowLocation> find(DocumentKey key) {
        return known(key).row();
    }

    @Override
    public synchronized SourceVersion versionOf(DocumentKey key) {
        Known known = known(key);
        return known.row()
                .map(RowLocation::version)
                .orElseGet(() -> known.delete().orElse(SourceVersion.UNKNOWN));
    }

    private Known known(DocumentKey key) {
        requireOpen();
        if (!key.equals(lastKey)) {
            lastKey = null;
            KeyHash hash = KeyHash.of(key.canonical());
            Known found = Known.NOTHING;
            for (int i = 0; i < shards.size() && found.row().isEmpty(); i++) {
                Known here = repairing(i, shard -> new Known(shard.find(hash), shard.deleteOf(hash)));
                found = new Known(here.row(), newest(found.delete(), here.delete()));
            }
            last = found;
            lastKey = key;
        }
        return last;
    }

    private static Optional<SourceVersion> newest(Optional<SourceVersion> one, Optional<SourceVersion> other) {
        return one.isEmpty() || other.isPresent() && other.get().compareTo(one.get()) > 0 ? other : one;
    }

    @Override
    public synchronized void apply(IndexUpdate update, TableSnapshot committed) {
        requireOpen();
        lastKey = null;
        List<List<KeyChange>> changes = new ArrayList<>();
        shards.forEach(shard -> changes.add(new ArrayList<>()));
        update.live().forEach((key, row) -> {
            KeyHash hash = KeyHash.of(key.canonical());
            DataFile file = committed.files().get(row.file());
            for (int i = 0; i < shards.size(); i++) {
                boolean here = file != null && shards.get(i).covered().covers(file);
                if (here || shards.get(i).store().entries() > 0) {
                    changes.get(i).add(here ? new KeyChange.Row(hash, row) : new KeyChange.Elsewhere(hash));
                }
            }
        });
        update.deleted().forEach((key, deletion) -> {
            KeyHash hash = KeyHash.of(key.canonical());
            for (int i = 0; i < shards.size(); i++) {
                boolean here = shards.get(i).covered().covers(deletion.partition());
                if (here || shards.get(i).store().entries() > 0) {
                    changes.get(i).add(new KeyChange.Deleted(hash, deletion.version(), here));
                }
            }
        });
        for (int i = 0; i < shards.size(); i++) {
            List<KeyChange> here = changes.get(i);
            repairing(i, shard -> {
                // One that has caught up by reading knows all rows, but deletes only where the table remembers them.
                shard.apply(shard.isAt(committed) ? deletes(here) : here, table);
                return Optional.empty();
            });
        }
    }

    private static List<KeyChange> deletes(List<KeyChange> changes) {
        return changes.stream().filter(KeyChange.Deleted.class::isInstance).toList();
    }

    @Override
    public synchronized void moved(Iterator<MovedRow> rows, TableSnapshot committed) {
        Map<DocumentKey, RowLocation> live = new HashMap<>();
        while (rows.hasNext()) {
            MovedRow moved = rows.next();
            find(moved.key())
                    .filter(row -> row.file().equals(moved.fromFile()) && row.position() == moved.fromPosition())
                    .ifPresent(row ->
                            live.put(moved.key(), new RowLocation(moved.toFile(), moved.toPosition(), row.version())));
        }
        apply(new IndexUpdate(live, Map.of()), committed);
    }

    /** Runs work on a shard; where that is damaged, once more on the one that was built anew, which is at the table's snapshot. */
    private <T> T repairing(int place, ShardWork<T> work) {
        return run(() -> {
            try {
                return work.run(shards.get(place));
            } catch (DamagedStoreException e) {
                rebuild(place, e);
                return work.run(shards.get(place));
            }
        });
    }

    private void rebuild(int place, DamagedStoreException damage) throws IOException, DamagedStoreException {
        Shard damaged = shards.get(place);
        opener.tell(table, damaged.room(), damage);
        Shard fresh = opener.anew(table, damaged);
        shards.set(place, fresh);
        load(fresh, fresh.acceptRemovedAndVectored(table));
    }

    private <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (IOException | DamagedStoreException e) {
            throw new ConnectException(
                    "The key index of table " + table.location() + " in " + opener.directory()
                            + " could not be read or written: " + e.getMessage()
                            + ". The table holds all that was committed, nothing is lost. Free space there, or point"
                            + " 'state.dir' to another local disk, then restart the task",
                    e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the index of " + table.location() + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeShards();
    }

    private void closeShards() {
        run(() -> {
            for (Shard shard : shards) {
                shard.close();
            }
            shards.clear();
            return Optional.empty();
        });
    }
}
