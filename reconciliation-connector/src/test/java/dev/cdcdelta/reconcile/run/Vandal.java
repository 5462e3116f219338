package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableCommit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Another program that writes to a table. */
final class Vandal {
    private final DeltaTables tables;
    private final String location;

    /** What becomes of a row: nothing, itself, others. */
    interface Change {
        List<StoredRow> of(BsonDocument document, StoredRow row);
    }

    Vandal(DeltaTables tables, String location) {
        this.tables = tables;
        this.location = location;
    }

    /** The row with another value of a column, the hash untouched. */
    StoredRow with(StoredRow row, String column, @Nullable Object value) {
        StoredRow changed = copy(row);
        changed.values()[CdcColumns.indexOf(table().snapshot().columns(), column)] = value;
        return changed;
    }

    /** Another row of the same values. */
    static StoredRow copy(StoredRow row) {
        return new StoredRow(row.position(), row.values().clone());
    }

    void change(Change change) {
        DeltaTable table = table();
        ColumnType.Struct columns = table.snapshot().columns();
        Map<String, Roaring64Bitmap> dead = new HashMap<>();
        List<StoredRow> added = new ArrayList<>();
        for (DataFile file : table.snapshot().files().values()) {
            for (StoredRow row : rows(table, file)) {
                List<StoredRow> becomes =
                        change.of(new RowDocument(columns).of(row.values()).document(), row);
                if (becomes.contains(row)) {
                    becomes.stream().filter(each -> !each.equals(row)).forEach(added::add);
                } else {
                    dead.computeIfAbsent(file.path(), path -> new Roaring64Bitmap())
                            .addLong(row.position());
                    added.addAll(becomes);
                }
            }
        }
        commit(table, new TableCommit(columns, written(table, added), dead, Map.of()));
    }

    /** All rows into one file, as OPTIMIZE does. */
    void optimize() {
        DeltaTable table = table();
        List<StoredRow> all = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        for (DataFile file : table.snapshot().files().values()) {
            all.addAll(rows(table, file));
            gone.add(file.path());
        }
        commit(
                table,
                new TableCommit(
                        false, table.snapshot().columns(), written(table, all), Map.of(), gone, List.of(), Map.of()));
    }

    DeltaTable table() {
        return tables.open(location).orElseThrow();
    }

    private static List<StoredRow> rows(DeltaTable table, DataFile file) {
        List<String> names =
                table.snapshot().columns().columns().stream().map(Column::name).toList();
        List<StoredRow> rows = new ArrayList<>();
        try (CloseableIterator<StoredRow> stored = table.read(file, names)) {
            while (stored.hasNext()) {
                rows.add(copy(stored.next()));
            }
        }
        return rows;
    }

    private static List<DataFile> written(DeltaTable table, List<StoredRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        try (DataFileWriter writer = table.writer(table.snapshot().columns(), Map.of())) {
            rows.forEach(row -> writer.write(row.values()));
            return List.of(writer.finish());
        }
    }

    private static void commit(DeltaTable table, TableCommit commit) {
        try {
            table.commit(commit);
        } catch (LostRaceException e) {
            throw new AssertionError(e);
        }
    }
}
