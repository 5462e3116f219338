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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Reads rows and remembered deletes from files into a shard's store, in batches; only the last one says that the store has them. */
final class ShardLoader {
    private static final int BATCH = 1 << 17;

    private final DeltaTable table;
    private final HashStore store;
    private final ShardFiles files;
    private final Predicate<Entry> garbage;
    private final List<DataFile> added;
    private final OtherRows others;
    private final int firstNumber;
    private final long[] rowCounts;
    private final KeyReader reader;

    private List<KeyHash> keys = new ArrayList<>();
    private List<Entry> entries = new ArrayList<>();

    /** Where else a key has a live row. */
    interface OtherRows {
        Optional<RowLocation> find(KeyHash key) throws IOException, DamagedStoreException;
    }

    ShardLoader(
            DeltaTable table,
            HashStore store,
            ShardFiles files,
            Predicate<Entry> garbage,
            List<DataFile> added,
            OtherRows others) {
        this.table = table;
        this.store = store;
        this.files = files;
        this.garbage = garbage;
        this.added = added;
        this.others = others;
        this.firstNumber = store.nextNumber();
        this.rowCounts = new long[added.size()];
        this.reader = new KeyReader(table);
        for (int i = 0; i < added.size(); i++) {
            files.put(Shard.stored(firstNumber + i, added.get(i), 0));
        }
    }

    /** @throws ConnectException if a row has no key, or a key two rows */
    void load() throws IOException, DamagedStoreException {
        try {
            reader.read(added, this::take);
        } catch (UncheckedIOException e) {
            giveUp();
            throw e.getCause();
        } catch (RuntimeException | DamagedStoreException e) {
            giveUp();
            throw e;
        }
        List<StoredFile> put = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            DataFile file = added.get(i);
            put.add(Shard.stored(firstNumber + i, file, rowCounts[i]));
        }
        write(put, table.snapshot().version());
        put.forEach(files::put);
        if (store.isLoading()) {
            store.finishLoading();
        }
    }

    /** What was stored of the files is dead again: they will be read under other numbers. */
    private void giveUp() {
        for (int i = 0; i < added.size(); i++) {
            files.remove(Shard.stored(firstNumber + i, added.get(i), 0));
        }
    }

    private void take(KeyReader.Piece piece) throws DamagedStoreException {
        DataFile file = added.get(piece.file());
        if (DeletesFiles.isOne(file)) {
            Instant committed = DeletesFiles.committed(file);
            for (FoundRow row : piece.rows()) {
                add(row.key(), Tombstones.of(row.timeMillis(), row.ordinal(), committed));
            }
        } else {
            for (FoundRow row : piece.rows()) {
                add(row.key(), new Entry(firstNumber + piece.file(), row.position(), row.timeMillis(), row.ordinal()));
            }
            rowCounts[piece.file()] += piece.rows().size() + piece.passed();
        }
        if (keys.size() >= BATCH) {
            try {
                write(List.of(), Shard.UNSETTLED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void add(KeyHash key, Entry entry) {
        if (!entry.isTombstone() || !garbage.test(entry)) {
            keys.add(key);
            entries.add(entry);
        }
    }

    private void write(List<StoredFile> put, long version) throws IOException, DamagedStoreException {
        for (int i = 0; i < keys.size(); i++) {
            Optional<RowLocation> other = entries.get(i).isTombstone() ? Optional.empty() : others.find(keys.get(i));
            if (other.isPresent()) {
                throw twoRows(entries.get(i), other.get().file(), other.get().position());
            }
        }
        store.update(
                keys, this::after, garbage, () -> new FileChanges(version, firstNumber + added.size(), put, Set.of()));
        keys = new ArrayList<>();
        entries = new ArrayList<>();
    }

    private Entry after(int index, @Nullable Entry before) {
        Entry found = entries.get(index);
        StoredFile other = before == null ? null : files.of(before);
        if (found.isTombstone()) {
            // A live row was written after the delete: the commit of the delete would have killed it.
            return before != null && (other != null || isNewerTombstone(before, found)) ? before : found;
        }
        if (before != null && other != null) {
            throw twoRows(found, other.path(), before.position());
        }
        return found;
    }

    private static boolean isNewerTombstone(Entry before, Entry found) {
        return before.isTombstone() && version(before).compareTo(version(found)) > 0;
    }

    private static SourceVersion version(Entry entry) {
        return new SourceVersion(entry.timeMillis(), entry.ordinal());
    }

    private ConnectException twoRows(Entry row, String otherFile, long otherPosition) {
        DataFile file = added.get(row.file() - firstNumber);
        return new ConnectException("Table " + table.location() + " has two rows of the key "
                + reader.keyAt(file, row.position()) + ": row " + otherPosition + " of " + otherFile + " and row "
                + row.position() + " of " + file.path() + ". Delete one of them, then restart the task");
    }
}
