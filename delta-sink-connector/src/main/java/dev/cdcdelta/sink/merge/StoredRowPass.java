package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.mapping.RowWidening;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Reads, once per file and row by row, the stored rows that a plan needs: those that change, their images, and those beside them. */
final class StoredRowPass {
    private final DeltaTable table;
    private final List<String> names;
    private final RowWidening widening;
    private final boolean rewritesFiles;
    private final boolean recordsImages;

    /**
     * @param from the table's columns
     * @param to those after the commit
     */
    StoredRowPass(
            DeltaTable table, ColumnType.Struct from, ColumnType.Struct to, MergeMode merge, boolean recordsImages) {
        this.table = table;
        this.names = from.columns().stream().map(Column::name).toList();
        this.widening = new RowWidening(from, to);
        this.rewritesFiles = merge == MergeMode.COPY_ON_WRITE;
        this.recordsImages = recordsImages;
    }

    void run(MergePlan plan, PlanWriter writer) {
        Map<String, Map<Long, RowChange>> files = new LinkedHashMap<>();
        for (RowChange change : plan.changes()) {
            if (change.killed().isPresent() && isNeeded(change)) {
                RowLocation row = change.killed().get();
                files.computeIfAbsent(row.file(), file -> new HashMap<>()).put(row.position(), change);
            }
        }
        files.forEach((path, changes) -> read(path, changes, writer));
    }

    private boolean isNeeded(RowChange change) {
        return rewritesFiles || recordsImages || change instanceof RowChange.Rewritten;
    }

    private void read(String path, Map<Long, RowChange> changes, PlanWriter writer) {
        DataFile file = table.snapshot().files().get(path);
        if (file == null) {
            throw lost(path, changes.size());
        }
        Map<String, String> tags = IndexedFiles.ownTags(file);
        int found = 0;
        try (CloseableIterator<StoredRow> rows = rows(file, changes)) {
            while (rows.hasNext()) {
                StoredRow row = rows.next();
                RowChange change = changes.get(row.position());
                @Nullable Object[] values = widening.widen(row.values());
                if (change == null) {
                    writer.keep(tags, values);
                } else {
                    found++;
                    writer.take(change, values);
                }
            }
        }
        if (found < changes.size()) {
            throw lost(path, changes.size() - found);
        }
    }

    private CloseableIterator<StoredRow> rows(DataFile file, Map<Long, RowChange> changes) {
        if (rewritesFiles) {
            return table.read(file, names);
        }
        Roaring64Bitmap positions = new Roaring64Bitmap();
        changes.keySet().forEach(positions::addLong);
        return table.read(file, names, positions);
    }

    /** The index is checked against the snapshot before each plan, so this is a defect and no race. */
    private IllegalStateException lost(String path, int rows) {
        return new IllegalStateException("Table " + table.location() + ": " + rows + " rows of " + path
                + " that the key index knows are not live in version "
                + table.snapshot().version());
    }
}
