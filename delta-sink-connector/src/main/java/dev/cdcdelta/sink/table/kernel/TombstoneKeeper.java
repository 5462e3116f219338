package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The actions of a new checkpoint, with the tombstones that the previous one carries. Kernel 4.4.0 selects those of commits only, so
 * that VACUUM would delete files that were removed minutes ago (PROTOCOL.md, Action Reconciliation, keeps them until they expire).
 * Batches come newest first, so that a tombstone of the previous checkpoint is outdated where something newer on its file has been seen.
 * That checkpoint's own tombstones, of which each is there once, are not remembered: they may be millions.
 */
final class TombstoneKeeper implements CloseableIterator<FilteredColumnarBatch> {
    private static final int ADD = SingleAction.CHECKPOINT_SCHEMA.indexOf("add");
    private static final int ADD_PATH = AddFile.FULL_SCHEMA.indexOf("path");
    private static final int ADD_VECTOR = AddFile.FULL_SCHEMA.indexOf("deletionVector");
    private static final int REMOVE = SingleAction.CHECKPOINT_SCHEMA.indexOf("remove");
    private static final int REMOVE_PATH = RemoveFile.FULL_SCHEMA.indexOf("path");
    private static final int REMOVE_VECTOR = RemoveFile.FULL_SCHEMA.indexOf("deletionVector");
    private static final int REMOVE_TIME = RemoveFile.FULL_SCHEMA.indexOf("deletionTimestamp");

    private final Engine engine;
    private final CloseableIterator<FilteredColumnarBatch> actions;
    private final long horizon;

    /** What Kernel has chosen: live files, and tombstones of commits. */
    private final Set<LogicalFile> seen = new HashSet<>();

    /** @param horizon tombstones up to this time, in milliseconds since the epoch, have expired */
    TombstoneKeeper(Engine engine, CloseableIterator<FilteredColumnarBatch> actions, long horizon) {
        this.engine = engine;
        this.actions = actions;
        this.horizon = horizon;
    }

    /** How many files it has to know by heart. */
    int remembered() {
        return seen.size();
    }

    @Override
    public boolean hasNext() {
        return actions.hasNext();
    }

    @Override
    public FilteredColumnarBatch next() {
        FilteredColumnarBatch batch = actions.next();
        ColumnarBatch data = batch.getData();
        Optional<ColumnVector> chosen = batch.getSelectionVector();
        ColumnVector adds = data.getColumnVector(ADD);
        ColumnVector removes = data.getColumnVector(REMOVE);
        boolean[] selection = new boolean[data.getSize()];
        for (int row = 0; row < selection.length; row++) {
            selection[row] = chosen.map(selected(row)).orElse(true);
            if (selection[row] && !adds.isNullAt(row)) {
                seen.add(LogicalFile.of(adds, ADD_PATH, ADD_VECTOR, row));
            } else if (selection[row] && !removes.isNullAt(row)) {
                seen.add(LogicalFile.of(removes, REMOVE_PATH, REMOVE_VECTOR, row));
            } else if (!removes.isNullAt(row) && !expired(removes, row)) {
                selection[row] = !seen.contains(LogicalFile.of(removes, REMOVE_PATH, REMOVE_VECTOR, row));
            }
        }
        return new FilteredColumnarBatch(
                data, Optional.of(engine.getExpressionHandler().createSelectionVector(selection, 0, selection.length)));
    }

    private static java.util.function.Function<ColumnVector, Boolean> selected(int row) {
        return vector -> !vector.isNullAt(row) && vector.getBoolean(row);
    }

    private boolean expired(ColumnVector removes, int row) {
        ColumnVector time = removes.getChild(REMOVE_TIME);
        return time.isNullAt(row) || time.getLong(row) <= horizon;
    }

    @Override
    public void close() throws IOException {
        actions.close();
    }

    /** The primary key of file actions: a path and the identity of its deletion vector. */
    private record LogicalFile(String path, Optional<String> vector) {
        static LogicalFile of(ColumnVector action, int path, int vector, int row) {
            return new LogicalFile(
                    action.getChild(path).getString(row),
                    Optional.ofNullable(DeletionVectorDescriptor.fromColumnVector(action.getChild(vector), row))
                            .map(DeletionVectorDescriptor::getUniqueId));
        }
    }
}
