package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.WrittenFile;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.DomainMetadata;
import io.delta.kernel.internal.actions.SingleAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a commit writes into the log, and what it does to the table.
 *
 * @param actions rows of Kernel's SingleAction
 * @param metrics what the history tells of the commit, by Delta's names
 */
record CommitPlan(
        List<Row> actions, List<LiveFile> added, List<StateChange.Gone> removed, Map<String, String> metrics) {
    static final String CHANGE_DATA = "_change_data/";

    static CommitPlan of(
            TableState before,
            TableCommit commit,
            Map<String, WrittenFile> written,
            Deletions deletions,
            FilePacker packer,
            Instant now) {
        Draft draft = new Draft(commit.dataChange(), packer, now);
        commit.transactions()
                .forEach((identifier, version) -> draft.actions.add(FileActions.transaction(identifier, version, now)));
        for (WrittenFile file : written.values()) {
            String path = file.file().path();
            if (commit.dead().contains(file.file())) {
                DeletionVectorDescriptor all =
                        Objects.requireNonNull(deletions.vectors().get(path));
                draft.bringDead(LiveFile.of(file, packer).withDeletionVector(all, packer));
            } else if (!deletions.wholeFiles().contains(path)) {
                draft.bring(LiveFile.of(file, packer), deletions.vectors().get(path));
            }
        }
        for (String path : deletions.paths()) {
            if (!written.containsKey(path)) {
                draft.revector(
                        before.file(path),
                        deletions.vectors().get(path),
                        deletions.recounted().get(path));
            }
        }
        for (String path : commit.removed()) {
            draft.revector(before.file(path), null, null);
        }
        for (DataFile file : commit.changeData()) {
            draft.actions.add(FileActions.changeData(file));
        }
        return draft.plan(deletions, commit.changeData().size());
    }

    /** Nothing changes but what a metadata domain says. */
    static CommitPlan describing(DomainMetadata said) {
        return new CommitPlan(
                List.of(SingleAction.createDomainMetadataSingleAction(said.toRow())), List.of(), List.of(), Map.of());
    }

    private static final class Draft {
        private final boolean dataChange;
        private final FilePacker packer;
        private final Instant now;
        private final List<Row> actions = new ArrayList<>();
        private final List<LiveFile> added = new ArrayList<>();
        private final List<StateChange.Gone> removed = new ArrayList<>();
        private long outputRows;
        private long outputBytes;
        private int newFiles;
        private int removedFiles;

        Draft(boolean dataChange, FilePacker packer, Instant now) {
            this.packer = packer;
            this.dataChange = dataChange;
            this.now = now;
        }

        void bring(LiveFile file, @Nullable DeletionVectorDescriptor vector) {
            LiveFile live = vector == null ? file : file.withDeletionVector(vector, packer);
            actions.add(FileActions.add(live, dataChange));
            added.add(live);
            newFiles++;
            outputRows += file.file().rowCount();
            outputBytes += file.file().size();
        }

        /** To its readers it brings nothing: they need not look at it (PROTOCOL.md, Add File: dataChange). */
        void bringDead(LiveFile file) {
            actions.add(FileActions.add(file, false));
            added.add(file);
        }

        /**
         * @param vector null for a file that goes
         * @param rows where the log has stated another number of them
         */
        void revector(LiveFile file, @Nullable DeletionVectorDescriptor vector, @Nullable Long rows) {
            actions.add(FileActions.remove(file, dataChange, now));
            removed.add(new StateChange.Gone(file.file().path(), file.file().deletionVector()));
            if (vector == null) {
                removedFiles++;
            } else {
                LiveFile counted = rows == null ? file : file.withRowCount(rows, packer);
                LiveFile revectored = counted.withDeletionVector(vector, packer);
                actions.add(FileActions.add(revectored, dataChange));
                added.add(revectored);
            }
        }

        CommitPlan plan(Deletions deletions, int changeFiles) {
            Map<String, String> metrics = new LinkedHashMap<>();
            metrics.put("numFiles", Integer.toString(newFiles));
            metrics.put("numOutputRows", Long.toString(outputRows));
            metrics.put("numOutputBytes", Long.toString(outputBytes));
            metrics.put("numDeletedRows", Long.toString(deletions.newlyDead()));
            metrics.put("numRemovedFiles", Integer.toString(removedFiles));
            metrics.put(
                    "numDeletionVectorsUpdated",
                    Integer.toString(deletions.vectors().size()));
            if (changeFiles > 0) {
                metrics.put("numAddedChangeFiles", Integer.toString(changeFiles));
            }
            return new CommitPlan(List.copyOf(actions), List.copyOf(added), List.copyOf(removed), metrics);
        }
    }
}
