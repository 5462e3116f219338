package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.WrittenFile;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a commit writes into the log, and what the table is afterwards.
 *
 * @param actions rows of {@link SingleAction}
 * @param files the live files after the commit, by path
 * @param transactions the transaction identifiers after the commit
 * @param metrics what the history tells of the commit, by Delta's names
 */
record CommitPlan(
        List<Row> actions, Map<String, LiveFile> files, Map<String, Long> transactions, Map<String, String> metrics) {

    static CommitPlan of(
            TableState before, TableCommit commit, Map<String, WrittenFile> written, Deletions deletions, Instant now) {
        List<Row> actions = new ArrayList<>();
        Map<String, LiveFile> files = new LinkedHashMap<>(before.files());
        commit.transactions()
                .forEach((identifier, version) -> actions.add(SingleAction.createTxnSingleAction(
                        new SetTransaction(identifier, version, Optional.of(now.toEpochMilli())).toRow())));
        long outputRows = 0;
        long outputBytes = 0;
        int addedFiles = 0;
        for (WrittenFile added : written.values()) {
            String path = added.file().path();
            if (deletions.wholeFiles().contains(path)) {
                continue;
            }
            LiveFile file = LiveFile.of(added);
            Optional<DeletionVectorDescriptor> vector =
                    Optional.ofNullable(deletions.vectors().get(path));
            LiveFile live = vector.map(file::withDeletionVector).orElse(file);
            actions.add(SingleAction.createAddFileSingleAction(live.add().toRow()));
            files.put(path, live);
            addedFiles++;
            outputRows += added.file().rowCount();
            outputBytes += added.file().size();
        }
        int removedFiles = 0;
        for (String path : deletions.paths()) {
            if (written.containsKey(path)) {
                continue;
            }
            LiveFile file = before.file(path);
            actions.add(SingleAction.createRemoveFileSingleAction(
                    file.add().toRemoveFileRow(true, Optional.of(now.toEpochMilli()))));
            DeletionVectorDescriptor vector = deletions.vectors().get(path);
            if (vector == null) {
                files.remove(path);
                removedFiles++;
            } else {
                LiveFile revectored = file.withDeletionVector(vector);
                actions.add(
                        SingleAction.createAddFileSingleAction(revectored.add().toRow()));
                files.put(path, revectored);
            }
        }
        for (String path : commit.removed()) {
            actions.add(SingleAction.createRemoveFileSingleAction(
                    before.file(path).add().toRemoveFileRow(commit.dataChange(), Optional.of(now.toEpochMilli()))));
            files.remove(path);
            removedFiles++;
        }
        Map<String, Long> transactions = new HashMap<>(before.view().transactions());
        transactions.putAll(commit.transactions());
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("numFiles", Integer.toString(addedFiles));
        metrics.put("numOutputRows", Long.toString(outputRows));
        metrics.put("numOutputBytes", Long.toString(outputBytes));
        metrics.put("numDeletedRows", Long.toString(deletions.newlyDead()));
        metrics.put("numRemovedFiles", Integer.toString(removedFiles));
        metrics.put(
                "numDeletionVectorsUpdated",
                Integer.toString(deletions.vectors().size()));
        return new CommitPlan(List.copyOf(actions), files, transactions, metrics);
    }
}
