package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.mapping.RowStamp;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.PartitionText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files that a plan asks for: the rows of the batch, the stored rows that change, and the images of the change data feed.
 * Rows of one place are written one after the other, so that few files are open at a time.
 */
final class PlanWriter {
    private final TableTraits traits;
    private final TableBatch batch;
    private final MergePlan plan;
    private final RowStamp stamp;
    private final ColumnType.Struct columns;
    private final RowFiles rows;
    private final RowFiles deletes;
    private final Optional<RowFiles> images;

    private PlanWriter(
            DeltaTable table, TableTraits traits, TableBatch batch, ColumnType.Struct columns, MergePlan plan) {
        this.traits = traits;
        this.batch = batch;
        this.plan = plan;
        this.columns = columns;
        stamp = new RowStamp(columns);
        rows = new RowFiles(place -> table.writer(columns, place), table::discard, table.fileSizes());
        ColumnType.Struct deletesColumns = DeletesFiles.columns(columns, traits.partitionColumns());
        deletes = new RowFiles(place -> table.writer(deletesColumns, place), table::discard, table.fileSizes());
        // Readers of the feed take a commit that has images from those alone, and make inserts of its rows where it has
        // none (PROTOCOL.md, Add CDC File): so either all changes have images, or all of them are inserts.
        boolean recordsImages = traits.recordsImages() && plan.killCount() > 0;
        ColumnType.Struct imageColumns = ChangeType.columns(columns);
        images = recordsImages
                ? Optional.of(new RowFiles(
                        place -> table.changeWriter(imageColumns, place), table::discard, table.fileSizes()))
                : Optional.empty();
    }

    static WrittenRows write(
            DeltaTable table,
            TableTraits traits,
            TableBatch batch,
            ColumnType.Struct columns,
            MergePlan plan,
            MergeMode merge,
            Instant now) {
        PlanWriter writer = new PlanWriter(table, traits, batch, columns, plan);
        try {
            writer.writeBatch();
            if (traits.marksDeadRows() && merge == MergeMode.MERGE_ON_READ) {
                writer.writeDeletes(now);
            }
            new StoredRowPass(table, traits.columns(), columns, merge, writer.images.isPresent()).run(plan, writer);
            return new WrittenRows(
                    writer.rows.finish(),
                    writer.rows.locations(),
                    writer.deletes.finish(),
                    writer.images.map(RowFiles::finish).orElse(List.of()));
        } catch (RuntimeException e) {
            writer.rows.discard();
            writer.deletes.discard();
            writer.images.ifPresent(RowFiles::discard);
            throw e;
        } finally {
            writer.rows.close();
            writer.deletes.close();
            writer.images.ifPresent(RowFiles::close);
        }
    }

    private void writeBatch() {
        Map<FilePlace, List<RowChange.Written>> places = new LinkedHashMap<>();
        for (RowChange change : plan.changes()) {
            if (change instanceof RowChange.Updated) {
                throw new IllegalStateException("a row is not whole yet");
            }
            if (change instanceof RowChange.Written written) {
                Map<String, String> tags = tags(written.partition(), written.isCurrent());
                FilePlace place =
                        traits.partitionColumns().isEmpty() ? FilePlace.tagged(tags) : place(tags, row(written));
                places.computeIfAbsent(place, key -> new ArrayList<>()).add(written);
            }
        }
        places.forEach((place, changes) -> changes.forEach(change -> write(place, change)));
    }

    /** A key that the {@code _id} column cannot hold is that of no row, today and later: nothing of it needs to be remembered. */
    private void writeDeletes(Instant now) {
        int[] kept = places(DeletesFiles.columns(columns, traits.partitionColumns()));
        plan.deleted().forEach((key, deletion) -> {
            if (deletion.version().isKnown()) {
                batch.deletedRow(key, deletion.version())
                        .ifPresent(row -> deletes.write(
                                place(DeletesFiles.tags(deletion.partition(), now), row), pick(row, kept)));
            }
        });
    }

    private int[] places(ColumnType.Struct some) {
        return some.columns().stream()
                .mapToInt(column -> CdcColumns.indexOf(columns, column.name()))
                .toArray();
    }

    private static @Nullable Object[] pick(@Nullable Object[] row, int[] places) {
        @Nullable Object[] picked = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            picked[i] = row[places[i]];
        }
        return picked;
    }

    private void write(FilePlace place, RowChange.Written written) {
        @Nullable Object[] row = row(written);
        BufferedChange change = written.change();
        if (batch.rows().kind().isKeyed() && written.isCurrent()) {
            rows.write(place, row, change.bytes(), change.key(), change.version());
        } else {
            rows.write(place, row, change.bytes());
        }
        record(written.killed().isPresent() ? ChangeType.UPDATE_POSTIMAGE : ChangeType.INSERT, row);
    }

    /** The buffered row with those of the connector's own columns that only the plan tells. */
    private @Nullable Object[] row(RowChange.Written written) {
        BufferedChange change = written.change();
        @Nullable Object[] row = batch.row(change);
        if (change.isDelete()) {
            stamp.event(row, change.version(), Operation.DELETE);
        }
        stamp.origin(row, written.partition(), change.offset());
        written.validity()
                .ifPresent(time -> stamp.validity(row, time.from(), time.to().orElse(null)));
        return row;
    }

    /** Takes a stored row that a change ends. */
    void take(RowChange change, @Nullable Object[] stored) {
        if (change instanceof RowChange.Removed) {
            record(ChangeType.DELETE, stored);
            return;
        }
        record(ChangeType.UPDATE_PREIMAGE, stored);
        if (change instanceof RowChange.Rewritten rewritten) {
            rewrite(rewritten, stored);
        }
    }

    private void rewrite(RowChange.Rewritten change, @Nullable Object[] stored) {
        @Nullable Object[] row = stored.clone();
        if (change.amendment() instanceof RowChange.Amendment.Mark mark) {
            stamp.event(row, mark.version(), Operation.DELETE);
            rows.write(place(change, row, true), row, change.key(), mark.version());
        } else if (change.amendment() instanceof RowChange.Amendment.Close close) {
            stamp.close(row, close.at());
            rows.write(place(change, row, false), row);
        }
        record(ChangeType.UPDATE_POSTIMAGE, row);
    }

    private FilePlace place(RowChange.Rewritten change, @Nullable Object[] row, boolean isCurrent) {
        return place(tags(change.partition(), isCurrent), row);
    }

    private static Map<String, String> tags(TopicPartition partition, boolean isCurrent) {
        return isCurrent ? IndexedFiles.tags(partition) : IndexedFiles.closedTags(partition);
    }

    /** Takes a stored row that lives on in a file that is written anew. */
    void keep(Map<String, String> tags, @Nullable Object[] stored) {
        rows.write(place(tags, stored), stored);
    }

    private void record(ChangeType type, @Nullable Object[] row) {
        images.ifPresent(feed -> feed.write(place(Map.of(), row), type.image(row)));
    }

    private FilePlace place(Map<String, String> tags, @Nullable Object[] row) {
        return traits.partitionColumns().isEmpty()
                ? FilePlace.tagged(tags)
                : new FilePlace(tags, PartitionText.of(columns, traits.partitionColumns(), row));
    }
}
