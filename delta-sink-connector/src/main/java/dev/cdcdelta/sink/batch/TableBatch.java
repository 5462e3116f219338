package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** What all partitions that feed one table brought since its last commit. */
public final class TableBatch {
    private final TableRows rows;
    private Map<TopicPartition, PartitionBatch> partitions = new LinkedHashMap<>();
    private long rowCount;
    private long bytes;

    public TableBatch(TableRows rows) {
        this.rows = rows;
    }

    /**
     * Takes a change.
     *
     * @throws org.apache.kafka.connect.errors.DataException if its document fits no row of the table; nothing is taken then
     */
    public void add(TopicPartition partition, long offset, Change change) {
        PartitionBatch batch = partition(partition, offset);
        long rowsBefore = batch.rows();
        long bytesBefore = batch.bytes();
        if (change instanceof Change.Row direct) {
            MappedRow row = new MappedRow(direct.columns(), direct.values());
            batch.add(direct, offset, row, rows.measure(row));
        } else if (change instanceof Change.Upsert upsert) {
            MappedRow row = rows.admit(upsert);
            batch.add(upsert, offset, row, rows.measure(row));
        } else if (change instanceof Change.Update update) {
            requireRows();
            // The row that it makes is held while it is written.
            batch.add(update, offset, null, HeapSize.of(update.description()) + rows.typicalBytes());
        } else {
            rows.admit((Change.Delete) change);
            batch.add(change, offset, null, 0);
        }
        rowCount += batch.rows() - rowsBefore;
        bytes += batch.bytes() - bytesBefore;
    }

    /** Connectors that apply updates are not let append; this holds whoever comes by another way. */
    private void requireRows() {
        if (!rows.kind().isKeyed()) {
            throw new DataException("The update tells only what changed in the document, and a table of events knows no"
                    + " document that it could be applied to. Take 'update.mode' out, or write another kind of table");
        }
    }

    /** Takes out an update that cannot be applied, after the batch is complete. */
    public void withdraw(PendingUpdate refused) {
        PartitionBatch batch = partitions.get(refused.partition());
        if (batch != null) {
            long rowsBefore = batch.rows();
            batch.withdraw(refused);
            rowCount += batch.rows() - rowsBefore;
        }
    }

    /** Marks a record as dealt with, whatever it was. */
    public void cover(TopicPartition partition, long offset) {
        partition(partition, offset).cover(offset);
    }

    private PartitionBatch partition(TopicPartition partition, long offset) {
        return partitions.computeIfAbsent(partition, key -> new PartitionBatch(key, rows.kind(), offset));
    }

    /** Forgets what the partition brought; it will be read again. */
    public void drop(TopicPartition partition) {
        PartitionBatch dropped = partitions.remove(partition);
        if (dropped != null) {
            rowCount -= dropped.rows();
            bytes -= dropped.bytes();
        }
    }

    public void clear() {
        partitions = new LinkedHashMap<>();
        rowCount = 0;
        bytes = 0;
    }

    public Collection<PartitionBatch> partitions() {
        return partitions.values();
    }

    public TableRows rows() {
        return rows;
    }

    /**
     * The columns that all buffered documents need together with what the table has by now; empty if neither says any.
     *
     * @throws org.apache.kafka.connect.errors.DataException if another writer changed the columns so that a document fits no more
     */
    public Optional<ColumnType.Struct> settleColumns() {
        for (PartitionBatch partition : partitions.values()) {
            for (BufferedChange change : partition.changes()) {
                rows.include(change);
            }
        }
        return rows.columns();
    }

    /**
     * The row of a buffered change, in the order of the settled columns. It may be filled further, but is not to be kept.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the columns changed so that it fits no more
     */
    public @Nullable Object[] row(BufferedChange change) {
        return rows.row(change);
    }

    /**
     * A row of the settled columns that tells of a delete, with the {@code _id} alone of its document.
     *
     * @return empty if the {@code _id} column cannot hold the key
     */
    public Optional<@Nullable Object[]> deletedRow(DocumentKey key, SourceVersion version) {
        return rows.deletedRow(key, version);
    }

    public boolean isEmpty() {
        return partitions.isEmpty();
    }

    public long rowCount() {
        return rowCount;
    }

    public long bytes() {
        return bytes;
    }
}
