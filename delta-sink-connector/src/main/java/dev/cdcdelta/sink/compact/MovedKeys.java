package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.MovedRow;
import dev.cdcdelta.sink.index.StoredKey;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Where each key's row has gone, read from the key columns of the new files: a compaction's keys would fill the heap, and where each row
 * comes from is known by its position. Rows without a key are nobody's.
 */
final class MovedKeys implements CloseableIterator<MovedRow> {
    private final DeltaTable table;
    private final StoredKey keys;
    private final Iterator<DataFile> files;
    private final Iterator<MovedRows> sources;

    private @Nullable DataFile file;
    private @Nullable CloseableIterator<StoredRow> rows;
    private long firstOfFile;
    private @Nullable MovedRows source;
    private @Nullable MovedRow next;

    /** @param table as of the snapshot that has the new files */
    MovedKeys(DeltaTable table, CompactedFiles compacted) {
        this.table = table;
        this.keys = new StoredKey(compacted.columns());
        this.files = compacted.files().iterator();
        this.sources = compacted.sources().iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            CloseableIterator<StoredRow> open = rows;
            DataFile current = file;
            if (open == null || current == null) {
                if (!files.hasNext()) {
                    return false;
                }
                openFile(files.next());
            } else if (open.hasNext()) {
                next = moved(current, open.next());
            } else {
                close();
                firstOfFile += current.rowCount();
            }
        }
        return true;
    }

    /** A new file whose rows had all died before the commit is not in the table. */
    private void openFile(DataFile added) {
        DataFile live = table.snapshot().files().get(added.path());
        if (live == null) {
            firstOfFile += added.rowCount();
        } else {
            file = live;
            rows = table.read(live, keys.columns());
        }
    }

    private @Nullable MovedRow moved(DataFile to, StoredRow row) {
        DocumentKey key = keys.of(row.values());
        if (key == null) {
            return null;
        }
        long ordinal = firstOfFile + row.position();
        MovedRows from = sourceOf(ordinal);
        return new MovedRow(key, from.source().path(), from.positionOf(ordinal), to.path(), row.position());
    }

    private MovedRows sourceOf(long ordinal) {
        MovedRows current = source;
        while (current == null || !current.holds(ordinal)) {
            current = sources.next();
        }
        source = current;
        return current;
    }

    @Override
    public MovedRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        MovedRow row = next;
        next = null;
        return row;
    }

    @Override
    public void close() {
        CloseableIterator<StoredRow> open = rows;
        rows = null;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
