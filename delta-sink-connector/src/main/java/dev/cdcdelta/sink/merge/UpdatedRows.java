package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.MappedRow;
import dev.cdcdelta.sink.batch.PendingUpdate;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Applies the updates of a plan to the rows that they change, so that whole rows are left to write. The stored ones are read from
 * their files, each file once.
 */
final class UpdatedRows {
    private final DeltaTable table;
    private final TableBatch batch;
    private final List<RowChange> changes;
    private final Map<ColumnType.Struct, RowDocument> documents = new IdentityHashMap<>();
    private final List<RefusedUpdatesException.Refusal> refusals = new ArrayList<>();
    private final BitSet done = new BitSet();

    private UpdatedRows(MergePlan plan, DeltaTable table, TableBatch batch) {
        this.table = table;
        this.batch = batch;
        this.changes = new ArrayList<>(plan.changes());
    }

    /**
     * The plan with all of its rows whole.
     *
     * @throws RefusedUpdatesException if updates cannot be applied
     */
    static MergePlan in(MergePlan plan, DeltaTable table, TableBatch batch) {
        if (plan.changes().stream().noneMatch(RowChange.Updated.class::isInstance)) {
            return plan;
        }
        UpdatedRows rows = new UpdatedRows(plan, table, batch);
        rows.readStored();
        rows.applyTheOthers();
        if (!rows.refusals.isEmpty()) {
            throw new RefusedUpdatesException(table.location(), rows.refusals);
        }
        return plan.with(rows.changes);
    }

    /**
     * Of a batch for a table that does not exist and that no document of the batch makes.
     *
     * @throws RefusedUpdatesException if it holds updates
     */
    static void requireNone(String location, TableBatch batch) {
        List<RefusedUpdatesException.Refusal> refusals = batch.partitions().stream()
                .flatMap(partition -> partition.changes().stream())
                .flatMap(change -> change.updates().stream())
                .map(update -> refusal(location, update, missing()))
                .toList();
        if (!refusals.isEmpty()) {
            throw new RefusedUpdatesException(location, refusals);
        }
    }

    private void readStored() {
        Map<String, Map<Long, Integer>> files = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof RowChange.Updated updated
                    && updated.basis() instanceof RowChange.Basis.Stored stored) {
                RowLocation row = stored.row();
                files.computeIfAbsent(row.file(), file -> new HashMap<>()).put(row.position(), i);
            }
        }
        files.forEach(this::read);
    }

    private void read(String path, Map<Long, Integer> wanted) {
        DataFile file = table.snapshot().files().get(path);
        if (file == null) {
            throw lost(path, wanted.size());
        }
        ColumnType.Struct columns = table.snapshot().columns();
        List<String> names = columns.columns().stream().map(Column::name).toList();
        int deleted = CdcColumns.indexOf(columns, CdcColumns.DELETED);
        Roaring64Bitmap positions = new Roaring64Bitmap();
        wanted.keySet().forEach(positions::addLong);
        int found = 0;
        try (CloseableIterator<StoredRow> rows = table.read(file, names, positions)) {
            while (rows.hasNext()) {
                StoredRow row = rows.next();
                Integer index = wanted.get(row.position());
                if (index != null) {
                    found++;
                    boolean isLive = deleted < 0 || !Boolean.TRUE.equals(row.values()[deleted]);
                    applyFrom(
                            index,
                            isLive ? Optional.of(document(new MappedRow(columns, row.values()))) : Optional.empty());
                }
            }
        }
        if (found < wanted.size()) {
            throw lost(path, wanted.size() - found);
        }
    }

    private void applyTheOthers() {
        for (int i = 0; i < changes.size(); i++) {
            if (!done.get(i) && changes.get(i) instanceof RowChange.Updated updated) {
                applyFrom(i, basis(updated, i));
            }
        }
    }

    private Optional<RowDocument.Content> basis(RowChange.Updated updated, int index) {
        if (updated.basis() instanceof RowChange.Basis.Missing) {
            return Optional.empty();
        }
        RowChange.Written base = updated.basis() instanceof RowChange.Basis.VersionBefore
                ? (RowChange.Written) changes.get(index - 1)
                : updated.written();
        MappedRow row = base.change().row();
        if (row == null) {
            throw new IllegalStateException("a row is not there that updates of the batch follow");
        }
        return Optional.of(document(row));
    }

    /** Makes a change whole, and the versions of its key that build on it. */
    private void applyFrom(int first, Optional<RowDocument.Content> before) {
        Optional<RowDocument.Content> document = before;
        int index = first;
        do {
            RowChange.Updated updated = (RowChange.Updated) changes.get(index);
            document = apply(index, updated, document);
            done.set(index);
            index++;
        } while (index < changes.size()
                && changes.get(index) instanceof RowChange.Updated next
                && next.basis() instanceof RowChange.Basis.VersionBefore);
    }

    /** An update that cannot be applied leaves the document as it is for the next. */
    private Optional<RowDocument.Content> apply(
            int index, RowChange.Updated updated, Optional<RowDocument.Content> before) {
        RowChange.Written written = updated.written();
        BufferedChange change = written.change();
        if (before.isEmpty()) {
            change.updates().forEach(update -> refuse(update, missing()));
            return before;
        }
        RowDocument.Content document = before.get();
        MappedRow row = null;
        for (PendingUpdate update : change.updates()) {
            try {
                RowDocument.Content after =
                        new RowDocument.Content(update.description().applyTo(document.document()), document.isWhole());
                row = batch.rows().admit(after, change.version(), Operation.UPDATE);
                document = after;
            } catch (DataException misfit) {
                refuse(update, misfit);
            }
        }
        if (row != null) {
            changes.set(
                    index,
                    new RowChange.Written(
                            written.partition(), change.resolved(row), written.validity(), written.killed()));
        }
        return Optional.of(document);
    }

    private void refuse(PendingUpdate update, DataException cause) {
        refusals.add(refusal(table.location(), update, cause));
    }

    private static RefusedUpdatesException.Refusal refusal(String location, PendingUpdate update, DataException cause) {
        return new RefusedUpdatesException.Refusal(
                update, new DataException("Table " + location + ": " + cause.getMessage(), cause));
    }

    private static DataException missing() {
        return new DataException("The update tells only what changed in the document, and the table does not hold the"
                + " document. " + PendingUpdate.READ_AGAIN);
    }

    private RowDocument.Content document(MappedRow row) {
        return documents.computeIfAbsent(row.columns(), RowDocument::new).of(row.values());
    }

    /** The index is checked against the snapshot before each plan, so this is a defect and no race. */
    private IllegalStateException lost(String path, int rows) {
        return new IllegalStateException("Table " + table.location() + ": " + rows + " rows of " + path
                + " that the key index knows are not live in version "
                + table.snapshot().version());
    }
}
