package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableCommit;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * A plan whose files are written. It may be committed to any later snapshot that has the same traits and that the index matches.
 *
 * @param columns after the commit
 * @param rewritesFiles whether files with dead rows have been written anew
 */
record PreparedCommit(
        TableTraits traits, ColumnType.Struct columns, MergePlan plan, WrittenRows written, boolean rewritesFiles) {
    static PreparedCommit prepare(DeltaTable table, TableBatch batch, MergePlan plan, MergeMode merge, Instant now) {
        TableTraits traits = TableTraits.of(table.snapshot());
        ColumnType.Struct columns = batch.settleColumns().orElse(traits.columns());
        WrittenRows written = PlanWriter.write(table, traits, batch, columns, plan, merge, now);
        return new PreparedCommit(
                traits, columns, plan, written, merge == MergeMode.COPY_ON_WRITE && plan.killCount() > 0);
    }

    TableCommit commit(Map<String, Long> transactions) {
        Map<String, Roaring64Bitmap> kills = plan.kills();
        return new TableCommit(
                true,
                columns,
                written.files(),
                written.deletes(),
                rewritesFiles ? Map.of() : kills,
                rewritesFiles ? Set.copyOf(kills.keySet()) : Set.of(),
                written.images(),
                transactions);
    }

    /** Deletes the files, which no commit is going to take. */
    void discard(DeltaTable table) {
        written.files().forEach(table::discard);
        written.deletes().forEach(table::discard);
        written.images().forEach(table::discard);
    }
}
