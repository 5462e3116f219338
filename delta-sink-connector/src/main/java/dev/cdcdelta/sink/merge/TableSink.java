package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * One table as one task feeds it. Each flush is one commit, which holds the batch's rows and its offsets; it is made only on a
 * snapshot in which all partitions of the batch stand where the task left them.
 */
public final class TableSink {
    private final String location;
    private final TableAccess access;
    private final Set<TopicPartition> owned = new HashSet<>();
    private @Nullable DeltaTable table;
    private @Nullable KeyIndex index;
    private ColumnType.@Nullable Struct tableColumns;

    public TableSink(String location, TableAccess access) {
        this.location = location;
        this.access = access;
    }

    public String location() {
        return location;
    }

    /** The columns that the table had when it was last looked at; empty if there is no table yet. */
    public Optional<ColumnType.Struct> columns() {
        return Optional.ofNullable(tableColumns);
    }

    /**
     * Begins to feed the table from more partitions.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table there is none of this connector
     */
    public void own(Set<TopicPartition> partitions) {
        if (owned.addAll(partitions)) {
            index = null;
        }
        DeltaTable existing = table;
        if (existing != null) {
            existing.refresh();
        } else {
            access.tables().open(location).ifPresent(this::use);
        }
    }

    /** Gives a partition up. @return whether any is left */
    public boolean disown(TopicPartition partition) {
        if (owned.remove(partition)) {
            access.indexes().close(location);
            index = null;
        }
        return !owned.isEmpty();
    }

    /** The next offset to read of the partition, as the table says. */
    public OptionalLong recordedOffset(TopicPartition partition) {
        DeltaTable existing = table;
        return existing == null
                ? OptionalLong.empty()
                : access.ids().offsetIn(existing.snapshot().transactions(), partition);
    }

    /**
     * Makes a batch durable. The batch is the sink's own while that lasts; its columns may grow, and its rows are left as they are.
     *
     * @param bases the offsets that the table has to have recorded for the batch's partitions; absent where it has none
     * @return false if there was nothing to record, because there is no table and no document to make one of
     * @throws FlushGivenUpException if the records must be read again
     */
    public boolean flush(TableBatch batch, Map<TopicPartition, Long> bases) throws FlushGivenUpException {
        if (!openOrCreate(batch)) {
            return false;
        }
        CommitLog log = access.startLog(location);
        try {
            commit(requireTable(), batch, bases, log);
        } catch (DataException e) {
            throw new FlushGivenUpException(
                    "Table " + location + ": another writer changed its columns: " + e.getMessage(), e);
        }
        return true;
    }

    private void commit(DeltaTable current, TableBatch batch, Map<TopicPartition, Long> bases, CommitLog log)
            throws FlushGivenUpException {
        PreparedCommit prepared = null;
        for (int attempt = 1; ; attempt++) {
            Optional<String> otherOwner = otherOwner(current.snapshot(), batch, bases);
            boolean isVoid = otherOwner.isPresent() || catchUp(current, batch);
            if (prepared != null && isVoid) {
                prepared.discard(current);
                prepared = null;
            }
            if (otherOwner.isPresent()) {
                throw new FlushGivenUpException(otherOwner.get());
            }
            KeyIndex keys = requireIndex();
            if (prepared == null) {
                prepared = PreparedCommit.prepare(current, batch, keys);
            }
            try {
                TableSnapshot committed =
                        access.committer().commit(current, prepared.commitTo(current.snapshot(), batch, access.ids()));
                prepared.applyTo(keys, committed);
                tableColumns = committed.columns();
                log.committed(committed, prepared, batch);
                return;
            } catch (LostRaceException e) {
                afterLostRace(current, attempt, e);
            }
        }
    }

    private void afterLostRace(DeltaTable current, int attempt, LostRaceException lost) {
        if (attempt >= access.retries().attempts()) {
            throw new ConnectException(
                    "Table " + location + ": lost " + attempt
                            + " races for the next version in a row; nothing of the flush is in"
                            + " the table. Raise 'commit.interval.ms' or lower 'tasks.max', then restart the task",
                    lost);
        }
        access.retries().pause(attempt);
        current.refresh();
    }

    /** A partition whose recorded offset is not ours has another owner, who may be ahead or behind: never commit on top of that. */
    private Optional<String> otherOwner(TableSnapshot snapshot, TableBatch batch, Map<TopicPartition, Long> bases) {
        for (PartitionBatch partition : batch.partitions()) {
            Long base = bases.get(partition.partition());
            OptionalLong recorded = access.ids().offsetIn(snapshot.transactions(), partition.partition());
            if (base == null ? recorded.isPresent() : recorded.isEmpty() || recorded.getAsLong() != base) {
                return Optional.of("Table " + location + ": another owner of " + partition.partition()
                        + " moved its offset from " + (base == null ? "none" : base) + " to "
                        + (recorded.isPresent() ? recorded.getAsLong() : "none"));
            }
        }
        return Optional.empty();
    }

    /** @return whether the columns or the indexed rows are others than before, so that a plan made then is void */
    private boolean catchUp(DeltaTable current, TableBatch batch) {
        ColumnType.Struct columns = current.snapshot().columns();
        boolean columnsChanged = !columns.equals(tableColumns);
        if (columnsChanged) {
            use(current);
        }
        if (!batch.rows().startsFrom(columns)) {
            batch.rows().rebase(columns);
        }
        KeyIndex known = index;
        if (known == null) {
            index = access.indexes().open(current, owned);
            return true;
        }
        return access.indexes().catchUp(known, current) || columnsChanged;
    }

    private boolean openOrCreate(TableBatch batch) {
        if (table == null) {
            access.tables().open(location).ifPresent(this::use);
        }
        if (table == null) {
            Optional<ColumnType.Struct> columns = batch.settleColumns();
            columns.ifPresent(wanted -> use(access.tables().create(location, wanted, access.properties())));
        }
        return table != null;
    }

    private void use(DeltaTable found) {
        ColumnType.Struct columns = found.snapshot().columns();
        CdcColumns.requireIn(location, columns);
        found.requireWritable();
        tableColumns = columns;
        table = found;
    }

    private DeltaTable requireTable() {
        DeltaTable existing = table;
        if (existing == null) {
            throw new IllegalStateException("no table at " + location);
        }
        return existing;
    }

    private KeyIndex requireIndex() {
        KeyIndex keys = index;
        if (keys == null) {
            throw new IllegalStateException("no index of " + location);
        }
        return keys;
    }
}
