package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.Entry;
import dev.cdcdelta.sink.index.store.FileChanges;
import dev.cdcdelta.sink.index.store.HashStore;
import dev.cdcdelta.sink.index.store.StoredFile;
import dev.cdcdelta.sink.table.DataFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One commit of ours on its way into a shard: edits of entries, and the count of live rows by file that they amount to. */
final class AppliedChanges implements HashStore.Edit {
    private final List<KeyChange> changes;
    private final HashStore store;
    private final ShardFiles files;
    private final Tombstones tombstones;

    /** Rows that files have gained or lost, by path. */
    private final Map<String, Long> balance = new HashMap<>();

    private final Map<String, Integer> newNumbers = new HashMap<>();
    private final Map<String, @Nullable DataFile> changed = new HashMap<>();
    private int nextNumber;
    private boolean complete = true;

    AppliedChanges(List<KeyChange> changes, HashStore store, ShardFiles files, Tombstones tombstones) {
        this.changes = changes;
        this.store = store;
        this.files = files;
        this.tombstones = tombstones;
        this.nextNumber = store.nextNumber();
    }

    void changed(Set<String> paths, Function<String, @Nullable DataFile> live) {
        paths.forEach(path -> changed.put(path, live.apply(path)));
        for (String path : paths) {
            StoredFile known = store.files().get(path);
            DataFile now = changed.get(path);
            if (known == null && now != null) {
                int number = nextNumber++;
                newNumbers.put(path, number);
                files.put(Shard.stored(number, now, 0));
            }
        }
    }

    @Override
    public @Nullable Entry after(int index, @Nullable Entry before) {
        StoredFile file = before == null ? null : files.of(before);
        if (file != null) {
            balance.merge(file.path(), -1L, Long::sum);
        }
        KeyChange change = changes.get(index);
        if (change instanceof KeyChange.Row row) {
            RowLocation location = row.location();
            balance.merge(location.file(), 1L, Long::sum);
            return new Entry(
                    numberOf(location.file()),
                    location.position(),
                    location.version().timeMillis(),
                    location.version().ordinal());
        }
        if (change instanceof KeyChange.Deleted deleted && (before != null || deleted.always())) {
            return tombstones.of(deleted.version());
        }
        return null;
    }

    private int numberOf(String path) {
        Integer added = newNumbers.get(path);
        if (added != null) {
            return added;
        }
        StoredFile known = store.files().get(path);
        if (known == null) {
            throw new IllegalStateException("the commit added a row to " + path + ", which is not live after it");
        }
        return known.number();
    }

    /** What the batch says of files. Where a file's rows are not as many as the table has, it is not settled. */
    FileChanges settle(long tableVersion) {
        Set<String> paths = new HashSet<>(balance.keySet());
        paths.addAll(changed.keySet());
        List<StoredFile> put = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        for (String path : paths) {
            StoredFile known = store.files().get(path);
            DataFile now = changed.get(path);
            long rows = balance.getOrDefault(path, 0L) + (known == null ? 0 : known.rows());
            if (changed.containsKey(path) && now == null) {
                removed.add(path);
            } else if (now != null && known == null && rows == Shard.liveRows(now)) {
                put.add(Shard.stored(numberOf(path), now, rows));
            } else if (now != null && known != null && known.withRows(rows).isComplete(Shard.liveRows(now))) {
                put.add(known.withVector(now.deletionVector(), now.deletedRowCount(), rows, known.hasStrays()));
            } else {
                complete = complete && now == null;
                if (known != null) {
                    put.add(known.withRows(rows));
                }
            }
        }
        accept(put, removed);
        return new FileChanges(complete ? tableVersion : Shard.UNSETTLED, nextNumber, put, removed);
    }

    private void accept(List<StoredFile> put, Set<String> removed) {
        put.forEach(files::put);
        removed.forEach(path -> {
            StoredFile known = store.files().get(path);
            if (known != null) {
                files.remove(known);
            }
        });
        Set<Integer> settled = new HashSet<>();
        put.forEach(file -> settled.add(file.number()));
        newNumbers.forEach((path, number) -> {
            if (!settled.contains(number)) {
                files.remove(new StoredFile(number, path, "", 0, 0, false, 0));
            }
        });
    }

    boolean isComplete() {
        return complete;
    }
}
