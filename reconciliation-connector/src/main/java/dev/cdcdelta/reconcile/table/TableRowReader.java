package dev.cdcdelta.reconcile.table;

import dev.cdcdelta.reconcile.finding.TableRow;
import dev.cdcdelta.reconcile.finding.UnverifiableException;
import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.sink.index.StoredKey;
import dev.cdcdelta.sink.mapping.RowHash;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which columns of a table are read, and what they tell of a row. */
final class TableRowReader {
    private static final int HASH = 1;
    private static final int TIME = 2;
    private static final int ORDINAL = 3;

    private final StoredKey keys;
    private final List<String> names;
    private final int deleted;
    private final Optional<RowHash> recomputed;

    /** Where each column of the table stands among those that are read; empty where not all are. */
    private final int[] order;

    /** @param deep whether hashes are computed from the columns, not taken from the row */
    TableRowReader(ColumnType.Struct columns, boolean deep) {
        keys = new StoredKey(columns);
        List<String> more = new ArrayList<>(List.of(CdcColumns.HASH, CdcColumns.TIME, CdcColumns.ORDINAL));
        if (CdcColumns.indexOf(columns, CdcColumns.DELETED) >= 0) {
            more.add(CdcColumns.DELETED);
        }
        deleted = more.indexOf(CdcColumns.DELETED) + 1;
        if (deep) {
            Set<String> others = new TreeSet<>();
            columns.columns().forEach(column -> others.add(column.name()));
            others.removeAll(more);
            others.remove(CdcColumns.ID);
            others.remove(CdcColumns.ID_SIDECAR);
            more.addAll(others);
        }
        names = keys.columns(more.toArray(String[]::new));
        recomputed = deep ? Optional.of(new RowHash(columns)) : Optional.empty();
        order = deep
                ? columns.columns().stream()
                        .mapToInt(column -> names.indexOf(column.name()))
                        .toArray()
                : new int[0];
    }

    /** Top-level columns, by name. */
    List<String> names() {
        return names;
    }

    /**
     * What the row tells; empty if it is one of a document that has been deleted.
     *
     * @throws UnverifiableException if it has no key
     */
    Optional<TableRow> read(String location, String file, StoredRow row) {
        @Nullable Object[] values = row.values();
        if (deleted > 0 && Boolean.TRUE.equals(values[deleted])) {
            return Optional.empty();
        }
        DocumentKey key = keys.of(values);
        if (key == null) {
            throw new UnverifiableException("Row " + row.position() + " of " + file + " in " + location
                    + " has no _id: somebody else wrote it. Delete the rows whose _id is null, then begin a new run");
        }
        return Optional.of(new TableRow(
                key,
                hash(values),
                values[TIME] instanceof Long micros ? micros : null,
                values[ORDINAL] instanceof Integer ordinal ? ordinal : 0,
                file,
                row.position()));
    }

    private @Nullable ContentHash hash(@Nullable Object[] values) {
        if (recomputed.isPresent()) {
            return ContentHash.of(recomputed.get().of(inOrder(values)));
        }
        return values[HASH] instanceof byte[] bytes && bytes.length == 16 ? ContentHash.of(bytes) : null;
    }

    private @Nullable Object[] inOrder(@Nullable Object[] values) {
        @Nullable Object[] row = new @Nullable Object[order.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = values[order[i]];
        }
        return row;
    }
}
