package dev.cdcdelta.reconcile.table;

import dev.cdcdelta.reconcile.finding.TableRow;
import dev.cdcdelta.reconcile.range.KeyValue;
import dev.cdcdelta.reconcile.range.RangeDigest;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * A table, as of the version that it was last moved to. Rows that deletion vectors mark are not there, those of deletes that were born
 * dead among them. Each question is one pass over the columns of keys and hashes. Confined to one thread.
 */
public final class TableSide {
    private final DeltaTables tables;
    private final String location;
    private final DeepReading deep;
    private @Nullable DeltaTable table;

    public TableSide(DeltaTables tables, String location, DeepReading deep) {
        this.tables = tables;
        this.location = location;
        this.deep = deep;
    }

    public String location() {
        return location;
    }

    /** Moves to the newest version; empty if there is no table. */
    public Optional<TableSnapshot> refresh() {
        DeltaTable known = table;
        if (known == null) {
            Optional<DeltaTable> opened = tables.open(location);
            table = opened.orElse(null);
            return opened.map(DeltaTable::snapshot);
        }
        return Optional.of(known.refresh());
    }

    /** The table as of the last refresh; empty if there was none. */
    public Optional<TableSnapshot> snapshot() {
        return Optional.ofNullable(table).map(DeltaTable::snapshot);
    }

    /** A digest for each range of the plan, filled for those wanted. */
    public List<RangeDigest> digests(RangePlan plan, BitSet wanted) {
        List<RangeDigest> digests = new ArrayList<>(plan.size());
        for (int i = 0; i < plan.size(); i++) {
            digests.add(new RangeDigest());
        }
        forEach(row -> {
            int range = rangeOf(plan, row);
            if (wanted.get(range)) {
                if (row.hash() == null) {
                    digests.get(range).addForeign();
                } else {
                    digests.get(range).add(row.hash());
                }
            }
        });
        return digests;
    }

    /** The rows of some ranges. */
    public void rows(RangePlan plan, BitSet wanted, Consumer<TableRow> visitor) {
        forEach(row -> {
            if (wanted.get(rangeOf(plan, row))) {
                visitor.accept(row);
            }
        });
    }

    /** The rows of some keys, with hashes that are computed from their columns; a key without rows is not in the answer. */
    public Map<DocumentKey, List<TableRow>> rows(Set<DocumentKey> keys) {
        Map<String, Roaring64Bitmap> places = new LinkedHashMap<>();
        forEach(row -> {
            if (keys.contains(row.key())) {
                places.computeIfAbsent(row.file(), file -> new Roaring64Bitmap())
                        .addLong(row.position());
            }
        });
        Map<DocumentKey, List<TableRow>> found = new HashMap<>();
        DeltaTable known = table;
        if (known != null && !places.isEmpty()) {
            TableRowReader whole = new TableRowReader(known.snapshot().columns(), true);
            places.forEach((path, positions) -> {
                DataFile file = known.snapshot().files().get(path);
                try (CloseableIterator<StoredRow> rows = known.read(file, whole.names(), positions)) {
                    while (rows.hasNext()) {
                        whole.read(location, path, rows.next())
                                .ifPresent(row -> found.computeIfAbsent(row.key(), key -> new ArrayList<>(1))
                                        .add(row));
                    }
                }
            });
        }
        return found;
    }

    /** The document that a row's columns tell; empty if the row is gone. */
    public Optional<BsonDocument> document(TableRow row) {
        DeltaTable known = table;
        DataFile file = known == null ? null : known.snapshot().files().get(row.file());
        if (known == null || file == null) {
            return Optional.empty();
        }
        ColumnType.Struct columns = known.snapshot().columns();
        List<String> names = columns.columns().stream().map(Column::name).toList();
        try (CloseableIterator<StoredRow> rows = known.read(file, names, Roaring64Bitmap.bitmapOf(row.position()))) {
            return rows.hasNext()
                    ? Optional.of(
                            new RowDocument(columns).of(rows.next().values()).document())
                    : Optional.empty();
        }
    }

    private static int rangeOf(RangePlan plan, TableRow row) {
        return plan.size() == 1 ? 0 : plan.indexOf(KeyValue.of(row.key()));
    }

    private void forEach(Consumer<TableRow> visitor) {
        DeltaTable known = table;
        if (known == null) {
            return;
        }
        TableRowReader stored = new TableRowReader(known.snapshot().columns(), false);
        TableRowReader whole = new TableRowReader(known.snapshot().columns(), true);
        for (DataFile file : known.snapshot().files().values()) {
            TableRowReader reader = deep.includes(file.path()) ? whole : stored;
            try (CloseableIterator<StoredRow> rows = known.read(file, reader.names())) {
                while (rows.hasNext()) {
                    reader.read(location, file.path(), rows.next()).ifPresent(visitor);
                }
            }
        }
    }
}
