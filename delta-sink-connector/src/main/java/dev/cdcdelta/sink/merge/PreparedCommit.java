package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.IndexUpdate;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashMap;
import java.util.Map;

/** A plan whose files are written. It may be committed to any later snapshot that has the same columns and that the index matches. */
record PreparedCommit(ColumnType.Struct columns, MergePlan plan, WrittenRows written) {
    static PreparedCommit prepare(DeltaTable table, TableBatch batch, KeyIndex index) {
        MergePlan plan = MergePlanner.plan(batch.partitions(), index);
        ColumnType.Struct columns =
                batch.settleColumns().orElse(table.snapshot().columns());
        return new PreparedCommit(columns, plan, RowFileWriter.write(table, batch, columns, plan));
    }

    TableCommit commitTo(TableSnapshot snapshot, TableBatch batch, TransactionIds ids) {
        Map<String, Long> transactions = new HashMap<>();
        for (PartitionBatch partition : batch.partitions()) {
            transactions.put(ids.offset(partition.partition()), partition.nextOffset());
            String sourceTime = ids.sourceTime(partition.partition());
            partition
                    .newestSourceTime()
                    .ifPresent(newest -> transactions.put(
                            sourceTime, Math.max(newest, snapshot.transactions().getOrDefault(sourceTime, newest))));
        }
        return new TableCommit(columns, written.files(), plan.kills(), transactions);
    }

    /** Deletes the files, which no commit is going to take. */
    void discard(DeltaTable table) {
        written.files().forEach(table::discard);
    }

    /** Brings the index to the state after the commit. */
    void applyTo(KeyIndex index, TableSnapshot committed) {
        Map<DocumentKey, SourceVersion> deleted = new HashMap<>();
        plan.deletes().forEach(delete -> deleted.put(delete.key(), delete.version()));
        index.apply(new IndexUpdate(written.locations(), deleted), committed);
    }
}
