package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.FlushPolicy;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.table.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A started task. The tables hold the truth about offsets: reading begins where they say, and Kafka's own offsets follow behind. What
 * is buffered may be dropped at any time, because it will be read again.
 */
public final class SinkRun {
    /** While a flush runs, the task looks after it this often, in milliseconds. */
    private static final long LOOK_AFTER_FLUSH = 50;

    /** Tables that are idle are seen to this often, in milliseconds. */
    private static final long BETWEEN_ROUNDS = 1_000;

    private final SinkTaskContext context;
    private final Clock clock;
    private final FlushPolicy policy;
    private final BufferBudget budget;
    private final ChangeReader reader;
    private final ErrantRecords errant;
    private final TableFeeds tables;
    private final Intake intake;
    private final FlushQueue flushes;
    private final Handover handover;
    private final Runnable release;
    private final SinkCounters counters;
    private final SinkMeters meters;
    private final PausedPartitions paused;
    private final UnopenedPartitions unopened;
    private final AwaitedTables awaited;
    private final UnopenedPartitions unrecovered;
    private final Consumption consumption;
    private Set<TopicPartition> held = Set.of();
    private long nextRound;
    private boolean failed;

    /** @param release ends all access to the storage */
    SinkRun(
            SinkTaskContext context,
            Clock clock,
            FlushPolicy policy,
            OffsetGapPolicy gaps,
            ChangeReader reader,
            ErrantRecords errant,
            TableFeeds tables,
            FlushQueue flushes,
            Handover handover,
            SinkCounters counters,
            SinkMeters meters,
            Runnable release) {
        this.context = context;
        this.clock = clock;
        this.policy = policy;
        this.budget = new BufferBudget(policy.maxBytes());
        this.reader = reader;
        this.errant = errant;
        this.tables = tables;
        this.flushes = flushes;
        this.handover = handover;
        this.release = release;
        this.counters = counters;
        this.meters = meters;
        this.paused = new PausedPartitions(context, counters);
        this.unopened = flushes.unopened();
        this.awaited = new AwaitedTables(flushes.unopened());
        this.unrecovered = flushes.unopened();
        this.consumption = new Consumption(context, gaps, reader, errant, tables);
        this.intake = new Intake(reader, errant, tables, handover, awaited);
    }

    public SinkCounters counters() {
        return counters;
    }

    /** How many tables the task has open. */
    public int openTables() {
        return tables.all().size();
    }

    /**
     * Reading goes on where the tables say. Where they say nothing it begins with the first record that Kafka still has, whatever the
     * consumer group has committed: that may be of a table that is gone. Topics that go to no table stay with the group's offset, and so
     * do those of whose records only a field tells the table.
     */
    public void open(Collection<TopicPartition> opened) {
        guarded(() -> tryToOpen(opened));
    }

    /** While the storage fails, the partitions wait, and none of their records is accepted. */
    private void tryToOpen(Collection<TopicPartition> opened) {
        try {
            Map<TopicPartition, OptionalLong> starts = handover.open(opened);
            opened.forEach(partition -> consumption.begin(
                    partition, Optional.ofNullable(starts.get(partition)), unopened.firstSkipped(partition)));
            unopened.remove(opened);
        } catch (StorageException e) {
            unopened.failed(opened, e);
            pause();
            askForNextCall();
        }
    }

    /** Commits what the partitions brought, as far as that goes quickly, and forgets them; the rest is read again by their next owner. */
    public void close(Collection<TopicPartition> closed) {
        if (!failed) {
            handover.flush(closed);
        }
        consumption.forget(closed);
        unopened.remove(closed);
        awaited.forget(closed);
        unrecovered.remove(closed);
        held = Set.copyOf(
                consumption.partitions().stream().filter(held::contains).toList());
        handover.disown(closed);
        paused.forget(closed);
    }

    public void put(Collection<SinkRecord> records) {
        guarded(() -> {
            counters.polled(records.size());
            consumption.beginPoll();
            if (unopened.isDue()) {
                tryToOpen(unopened.all());
            }
            awaited.openIfDue(this::open);
            held = recover();
            settle();
            for (SinkRecord record : records) {
                take(record);
            }
            tables.all().stream().filter(this::isDue).forEach(flushes::submit);
            keepUp();
            settle();
            errant.settle();
            pause();
            meters.look(records.size(), paused.count(), tables.all());
            askForNextCall();
        });
    }

    /** The offsets up to which everything is in the tables, or reported. Never fails: Connect would take that for a reason to rewind. */
    public Map<TopicPartition, OffsetAndMetadata> durableOffsets() {
        return consumption.durableOffsets();
    }

    public void stop() {
        meters.close();
        reader.close();
        flushes.close(tables.all(), release);
    }

    /**
     * Looks where the tables stand whose flush was left to itself.
     *
     * @return the partitions of those of which the storage does not tell; they wait, and their records are read again
     */
    private Set<TopicPartition> recover() {
        return TableFeeds.partitions(tables.all().stream()
                .filter(feed -> feed.isAbandoned() && !tryToRecover(feed))
                .toList());
    }

    private boolean tryToRecover(TableFeed abandoned) {
        if (unrecovered.nextAttempt().isPresent() && !unrecovered.isDue()) {
            return false;
        }
        try {
            consumption.follow(abandoned.recover());
            unrecovered.remove(abandoned.partitions());
            return true;
        } catch (StorageException e) {
            unrecovered.failed(abandoned.partitions(), e);
            return false;
        }
    }

    /** A table that nobody feeds has been left meanwhile; the record that told it will tell it again. */
    private void open(TableFeed table, TopicPartition partition) {
        if (tables.all().contains(table) && !table.isFedBy(partition)) {
            handover.own(table, consumption.partitionsOf(partition.topic()));
        }
    }

    private void take(SinkRecord record) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        PartitionReading reading = consumption.of(partition);
        if (reading == null) {
            unopened.skip(partition, record.originalKafkaOffset());
            return;
        }
        if (reading.isBefore(record.originalKafkaOffset())) {
            reader.recall(record);
            return;
        }
        if (!reading.admits(record.originalKafkaOffset())) {
            return;
        }
        if (held.contains(partition)) {
            consumption.repeat(partition, record.originalKafkaOffset());
            return;
        }
        requireOwnTopic(record);
        List<TableFeed> taking = intake.take(record, partition, consumption::partitionsOf);
        if (awaited.isAwaitedBy(partition)) {
            consumption.repeat(partition, record.originalKafkaOffset());
        }
        for (TableFeed feed : taking) {
            feed.trace(record.headers());
            if (feed.flush().isEmpty() && feed.bufferedRows() >= policy.maxRows()) {
                flush(feed);
            }
        }
        if (budget.wantsFlush(tables.bufferedBytes())) {
            budget.toFlush(tables.loads()).map(tables::at).ifPresent(this::flush);
        }
    }

    private static void requireOwnTopic(SinkRecord record) {
        if (!record.topic().equals(record.originalTopic())) {
            throw new ConnectException("A transform renamed topic " + record.originalTopic() + " to " + record.topic()
                    + ". Take it out and set 'topic.pattern' and 'table.name' instead: a table is found before a topic's first"
                    + " record is read, to know where to read from");
        }
    }

    private boolean isDue(TableFeed feed) {
        return feed.flush().isEmpty() && feed.untilDue().orElse(1) == 0;
    }

    private void flush(TableFeed feed) {
        flushes.submit(feed);
        settle(feed);
    }

    private void keepUp() {
        if (clock.millis() >= nextRound) {
            nextRound = clock.millis() + BETWEEN_ROUNDS;
            flushes.forget(tables.removeIdle());
            tables.all().stream().filter(TableFeed::isIdle).forEach(flushes::keepUp);
        }
    }

    private void settle() {
        tables.all().forEach(this::settle);
    }

    private void settle(TableFeed feed) {
        FlushQueue.Settled settled =
                flushes.settle(feed, (rewound, cause) -> consumption.follow(rewound.rewind(cause)));
        if (settled == FlushQueue.Settled.COMMITTED) {
            context.requestCommit();
        }
    }

    /** Partitions of tables that are tried again, or of the fullest while the budget is spent, bring nothing for a while. */
    private void pause() {
        Set<String> full = budget.toPause(tables.loads(), flushes.abandonedBytes(), !paused.isEmpty());
        List<TableFeed> stopped = tables.all().stream()
                .filter(feed -> full.contains(feed.location())
                        || feed.flush().filter(flush -> flush.failures() > 0).isPresent())
                .toList();
        Set<TopicPartition> wanted = TableFeeds.partitions(stopped);
        wanted.retainAll(consumption.partitions());
        if (errant.isFull()) {
            wanted.addAll(consumption.partitions());
        }
        wanted.addAll(unopened.all());
        wanted.addAll(awaited.partitions());
        wanted.addAll(held);
        paused.set(wanted);
    }

    /** A task without records is polled once a minute, unless it asks. */
    private void askForNextCall() {
        boolean isHeldUp = errant.isFull() || flushes.abandonedBytes() > 0 && !paused.isEmpty();
        long next = isHeldUp ? LOOK_AFTER_FLUSH : Long.MAX_VALUE;
        for (Optional<Instant> attempt :
                List.of(unopened.nextAttempt(), awaited.nextAttempt(), unrecovered.nextAttempt())) {
            next = Math.min(
                    next,
                    attempt.map(due -> due.toEpochMilli() - clock.millis()).orElse(Long.MAX_VALUE));
        }
        for (TableFeed feed : tables.all()) {
            next = Math.min(next, untilNextCall(feed));
        }
        if (next < Long.MAX_VALUE) {
            context.timeout(Math.max(1, next));
        }
    }

    private long untilNextCall(TableFeed feed) {
        if (feed.flush().isEmpty()) {
            return feed.isAbandoned() && unrecovered.nextAttempt().isEmpty()
                    ? LOOK_AFTER_FLUSH
                    : feed.untilDue().orElse(Long.MAX_VALUE);
        }
        return feed.flush()
                .flatMap(FlushInProgress::nextAttempt)
                .map(due -> due.toEpochMilli() - clock.millis())
                .orElse(LOOK_AFTER_FLUSH);
    }

    /** After a failure nothing is committed any more: what is buffered may lack what failed. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }
}
