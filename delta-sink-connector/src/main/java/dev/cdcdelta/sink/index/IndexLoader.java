package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;

/** Reads the keys and versions of all live rows that the index is to hold. */
public final class IndexLoader {
    private static final List<String> COLUMNS = List.of(CdcColumns.ID, CdcColumns.TIME, CdcColumns.ORDINAL);

    /** Where a row is a version of its document, only the current one stands for it. */
    private static final List<String> VERSION_COLUMNS =
            List.of(CdcColumns.ID, CdcColumns.TIME, CdcColumns.ORDINAL, CdcColumns.IS_CURRENT);

    private final DeltaTable table;
    private final StoredKey keys;

    public IndexLoader(DeltaTable table) {
        this.table = table;
        this.keys = new StoredKey(table.snapshot().columns());
    }

    /**
     * Reads the snapshot of the table.
     *
     * @throws ConnectException if a row has no key, or a key two rows
     */
    public KeyIndex load(IndexedFiles files, RecentDeletes deletes) {
        Map<DocumentKey, RowLocation> rows = new HashMap<>();
        files.of(table.snapshot()).forEach(file -> read(file, rows));
        return new KeyIndex(files, deletes, rows, table.snapshot());
    }

    /**
     * Brings an index to the snapshot of the table: of the files that others have added, rewritten or re-vectored, and no more.
     *
     * @throws ConnectException if a row has no key, or a key two rows
     */
    public void catchUp(KeyIndex index) {
        TableSnapshot snapshot = table.snapshot();
        Set<String> changed = index.changedUntil(snapshot);
        Map<DocumentKey, RowLocation> rows = index.rowsOutside(changed);
        for (String path : changed) {
            DataFile file = snapshot.files().get(path);
            if (file != null) {
                read(file, rows);
            }
        }
        index.accept(snapshot);
    }

    private void read(DataFile file, Map<DocumentKey, RowLocation> rows) {
        boolean hasVersions = CdcColumns.indexOf(table.snapshot().columns(), CdcColumns.IS_CURRENT) >= 0;
        try (CloseableIterator<StoredRow> stored = table.read(file, hasVersions ? VERSION_COLUMNS : COLUMNS)) {
            while (stored.hasNext()) {
                StoredRow row = stored.next();
                if (!hasVersions || Boolean.TRUE.equals(row.values()[3])) {
                    add(file, row, rows);
                }
            }
        }
    }

    private void add(DataFile file, StoredRow row, Map<DocumentKey, RowLocation> rows) {
        DocumentKey key = keys.of(row.values()[0]);
        if (key == null) {
            throw new ConnectException("Row " + row.position() + " of " + file.path() + " in " + table.location()
                    + " has no _id: somebody else wrote it. Delete the rows whose _id is null, then restart the task");
        }
        RowLocation before = rows.put(key, new RowLocation(file.path(), row.position(), version(row.values())));
        if (before != null) {
            throw new ConnectException("Table " + table.location() + " has two rows of the key " + key.canonical()
                    + ": row "
                    + before.position() + " of " + before.file() + " and row " + row.position() + " of " + file.path()
                    + ". Delete one of them, then restart the task");
        }
    }

    private static SourceVersion version(Object[] values) {
        Long micros = (Long) values[1];
        Integer ordinal = (Integer) values[2];
        return micros == null
                ? SourceVersion.UNKNOWN
                : new SourceVersion(Math.floorDiv(micros, 1000L), ordinal == null ? 0 : ordinal);
    }
}
