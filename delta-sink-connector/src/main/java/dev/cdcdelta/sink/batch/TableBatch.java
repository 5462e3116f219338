package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.schema.ColumnType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What all partitions that feed one table brought since its last commit. */
public final class TableBatch {
    private final TableRows rows;
    private Map<TopicPartition, PartitionBatch> partitions = new LinkedHashMap<>();

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
        if (change instanceof Change.Upsert upsert) {
            batch.add(upsert, rows.admit(upsert), 2 * HeapSize.of(upsert.after()));
        } else {
            batch.add(change, null, 0);
        }
    }

    /** Marks a record as dealt with, whatever it was. */
    public void cover(TopicPartition partition, long offset) {
        partition(partition, offset).cover(offset);
    }

    private PartitionBatch partition(TopicPartition partition, long offset) {
        return partitions.computeIfAbsent(partition, key -> new PartitionBatch(key, offset));
    }

    /** Forgets what the partition brought; it will be read again. */
    public void drop(TopicPartition partition) {
        partitions.remove(partition);
    }

    public void clear() {
        partitions = new LinkedHashMap<>();
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
            for (BufferedChange buffered : partition.changes()) {
                if (buffered.change() instanceof Change.Upsert upsert) {
                    rows.include(upsert.after().schema());
                }
            }
        }
        return rows.columns();
    }

    /**
     * The row of a buffered upsert, in the order of the settled columns.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the columns changed so that it fits no more
     */
    public Object[] row(Change.Upsert upsert, BufferedChange buffered) {
        MappedRow row = buffered.row();
        return row != null && rows.isCurrent(row) ? row.values() : rows.row(upsert);
    }

    public boolean isEmpty() {
        return partitions.isEmpty();
    }

    public long rowCount() {
        return partitions.values().stream().mapToLong(PartitionBatch::rows).sum();
    }

    public long bytes() {
        return partitions.values().stream().mapToLong(PartitionBatch::bytes).sum();
    }
}
