package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.compact.CompactedFiles;
import dev.cdcdelta.sink.compact.CompactionInstaller;
import dev.cdcdelta.sink.compact.InstallResult;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.List;
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
    private final TableDesign design;
    private final boolean takesWholeTopics;
    private final TableKeys keys;
    private final SharedTopics shared;
    private final CommitTransactions transactions;
    private @Nullable DeltaTable table;
    private ColumnType.@Nullable Struct tableColumns;
    private boolean mayWiden;

    /** Whether nobody knows what became of an installation. */
    private boolean isDoubtful;

    /** A table of whole topics. */
    public TableSink(String location, TableAccess access, TableDesign design) {
        this(location, access, design, true);
    }

    /** @param takesWholeTopics whether each partition of a topic belongs to the table before it has brought anything */
    public TableSink(String location, TableAccess access, TableDesign design, boolean takesWholeTopics) {
        this.location = location;
        this.access = access;
        this.design = design;
        this.takesWholeTopics = takesWholeTopics;
        this.keys = new TableKeys(access.indexes(), location, design.kind().isKeyed());
        this.shared = new SharedTopics(location, access.ids());
        this.transactions = new CommitTransactions(location, access.ids());
        this.mayWiden = TableFeature.mayWiden(access.properties());
    }

    public String location() {
        return location;
    }

    /** The columns that the table had when it was last looked at; empty if there is no table yet. */
    public Optional<ColumnType.Struct> columns() {
        return Optional.ofNullable(tableColumns);
    }

    /** Whether the columns may take wider types, as the table said when it was last looked at; before there is one, as it will be made. */
    public boolean mayWiden() {
        return mayWiden;
    }

    /**
     * Begins to feed the table from more partitions.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the table there is none of this connector, or of another kind
     */
    public void own(Set<TopicPartition> partitions) {
        keys.own(partitions);
        DeltaTable existing = table;
        if (existing != null) {
            existing.refresh();
        } else {
            access.tables().open(location).ifPresent(this::use);
        }
        DeltaTable opened = table;
        if (opened != null && tellsAdded()) {
            shared.noticeAdded(opened.snapshot(), partitions, access.clock().instant());
        }
    }

    /** Whether a partition that the table does not know has been added to its topic: else it may just have had nothing for the table yet. */
    private boolean tellsAdded() {
        return design.kind().isKeyed() && takesWholeTopics;
    }

    /** Whether the table, if there is one by now, may take owned partitions for added ones when they are opened the next time. */
    public boolean isToRegister() {
        return tellsAdded()
                && (table == null
                        || !transactions
                                .missing(
                                        table.snapshot(),
                                        keys.owned(),
                                        access.clock().instant())
                                .isEmpty());
    }

    /** Records the owned partitions in the table, if there is one, though they have brought nothing yet. */
    public void register() {
        if (table == null) {
            access.tables().open(location).ifPresent(this::use);
        }
        for (int attempt = 1; table != null && isToRegister(); attempt++) {
            DeltaTable current = table;
            current.refreshIfOld();
            TableSnapshot snapshot = current.snapshot();
            Map<String, Long> missing =
                    transactions.missing(snapshot, keys.owned(), access.clock().instant());
            try {
                access.committer().commit(current, new TableCommit(snapshot.columns(), List.of(), Map.of(), missing));
            } catch (LostRaceException e) {
                afterLostRace(current, attempt, e);
            }
        }
    }

    /** Gives a partition up. @return whether any is left */
    public boolean disown(TopicPartition partition) {
        keys.disown(partition);
        return !keys.owned().isEmpty();
    }

    /** Lets go of what is held open for the table, for somebody else to open; the sink is not used any more. */
    public void release() {
        keys.forget();
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
     * Owned partitions that brought nothing yet are recorded with the offset 0, so that partitions added later can be told.
     *
     * @param bases the offsets that the table has to have recorded for the batch's partitions; absent, or 0, where it has none
     * @return false if there was nothing to record, because there is no table and no document to make one of
     * @throws FlushGivenUpException if the records must be read again
     * @throws RefusedUpdatesException if some updates cannot be applied; nothing is written then, and the batch can be flushed again
     *     without them
     */
    public boolean flush(TableBatch batch, Map<TopicPartition, Long> bases) throws FlushGivenUpException {
        try {
            if (!openOrCreate(batch)) {
                UpdatedRows.requireNone(location, batch);
                return false;
            }
            DeltaTable current = requireTable();
            if (isDoubtful) {
                current.refresh();
                isDoubtful = false;
            }
            commit(current, batch, bases, access.startLog(location));
        } catch (DataException e) {
            throw new FlushGivenUpException(
                    "Table " + location + ": another writer changed its columns: " + e.getMessage(), e);
        }
        return true;
    }

    /** Puts compacted files in the place of those that they were made of; to be called between two flushes. */
    public InstallResult install(CompactedFiles compacted, CompactionInstaller installer) {
        isDoubtful = true;
        InstallResult result = installer.install(requireTable(), keys, compacted);
        isDoubtful = false;
        return result;
    }

    /** What a look for files to compact needs: the table as of the last flush, and whose files are the task's; empty if there is none. */
    public Optional<TableSnapshot> snapshot() {
        return Optional.ofNullable(table).map(DeltaTable::snapshot);
    }

    public Set<TopicPartition> owned() {
        return Set.copyOf(keys.owned());
    }

    private void commit(DeltaTable current, TableBatch batch, Map<TopicPartition, Long> bases, CommitLog log)
            throws FlushGivenUpException {
        PreparedCommit prepared = null;
        current.refreshIfOld();
        for (int attempt = 1; ; attempt++) {
            Optional<String> otherOwner = transactions.otherOwner(current.snapshot(), batch, bases);
            boolean isVoid = otherOwner.isPresent() || catchUp(current, batch);
            if (prepared != null && (isVoid || !prepared.traits().equals(TableTraits.of(current.snapshot())))) {
                prepared.discard(current);
                prepared = null;
            }
            if (otherOwner.isPresent()) {
                throw new FlushGivenUpException(otherOwner.get());
            }
            if (prepared == null) {
                prepared = PreparedCommit.prepare(
                        current,
                        batch,
                        plan(current, batch),
                        design.policy().merge(),
                        access.clock().instant());
            }
            Map<String, Long> recorded = transactions.of(
                    current.snapshot(),
                    batch,
                    keys.owned(),
                    shared.in(current.snapshot()),
                    access.clock().instant());
            try {
                TableSnapshot committed = access.committer().commit(current, prepared.commit(recorded));
                take(prepared, committed, current);
                log.committed(committed, prepared, batch, keys.entries());
                return;
            } catch (LostRaceException e) {
                afterLostRace(current, attempt, e);
            }
        }
    }

    private MergePlan plan(DeltaTable current, TableBatch batch) {
        return UpdatedRows.in(planFindingStrays(current, batch), current, batch);
    }

    /** Where documents are missed, the files of the other partitions are looked into before anything is written. */
    private MergePlan planFindingStrays(DeltaTable current, TableBatch batch) {
        MergePlan plan = planWithKeysKnown(batch);
        if (shared.noticeStrays(current.snapshot(), plan.strayTopics(), keys.owned())) {
            keys.catchUp(current, shared.in(current.snapshot()));
            return planWithKeysKnown(batch);
        }
        return plan;
    }

    private MergePlan planWithKeysKnown(TableBatch batch) {
        return MergePlanner.of(design.kind(), keys, access.clock().millis()).plan(batch.partitions());
    }

    private void take(PreparedCommit prepared, TableSnapshot committed, DeltaTable current) {
        tableColumns = committed.columns();
        mayWiden = committed.has(TableFeature.TYPE_WIDENING);
        if (prepared.rewritesFiles()) {
            keys.applyRewrite(prepared.plan(), current);
        } else {
            keys.apply(prepared.plan(), prepared.written(), committed);
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

    /** @return whether the columns or the indexed rows are others than before, so that a plan made then is void */
    private boolean catchUp(DeltaTable current, TableBatch batch) {
        ColumnType.Struct columns = current.snapshot().columns();
        boolean columnsChanged = !columns.equals(tableColumns);
        if (columnsChanged) {
            use(current);
        }
        mayWiden = current.snapshot().has(TableFeature.TYPE_WIDENING);
        if (!batch.rows().startsFrom(columns, mayWiden)) {
            batch.rows().rebase(columns, mayWiden);
        }
        return keys.catchUp(current, shared.in(current.snapshot())) || columnsChanged;
    }

    private boolean openOrCreate(TableBatch batch) {
        if (table == null) {
            access.tables().open(location).ifPresent(this::use);
        }
        if (table == null) {
            batch.settleColumns().ifPresent(columns -> use(create(columns)));
        }
        return table != null;
    }

    private DeltaTable create(ColumnType.Struct columns) {
        design.requireIn(location, columns);
        return access.tables().create(location, design.of(columns, access.properties()));
    }

    private void use(DeltaTable found) {
        ColumnType.Struct columns = found.snapshot().columns();
        CdcColumns.requireIn(location, columns, design.kind());
        design.requireFeatures(location, found.snapshot());
        found.requireWritable();
        tableColumns = columns;
        mayWiden = found.snapshot().has(TableFeature.TYPE_WIDENING);
        table = found;
    }

    private DeltaTable requireTable() {
        DeltaTable existing = table;
        if (existing == null) {
            throw new IllegalStateException("no table at " + location);
        }
        return existing;
    }
}
