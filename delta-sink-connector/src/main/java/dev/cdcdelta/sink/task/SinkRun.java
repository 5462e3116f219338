package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.FlushPolicy;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.table.StorageException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    private final OffsetGapPolicy gaps;
    private final ChangeReader reader;
    private final ErrantRecords errant;
    private final TableFeeds tables;
    private final Intake intake;
    private final FlushQueue flushes;
    private final Handover handover;
    private final Runnable release;
    private final SinkCounters counters;
    private final PausedPartitions paused;
    private final UnopenedPartitions unopened;
    private final Map<TopicPartition, PartitionReading> partitions = new LinkedHashMap<>();
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
            Runnable release) {
        this.context = context;
        this.clock = clock;
        this.policy = policy;
        this.budget = new BufferBudget(policy.maxBytes());
        this.gaps = gaps;
        this.reader = reader;
        this.errant = errant;
        this.tables = tables;
        this.flushes = flushes;
        this.handover = handover;
        this.release = release;
        this.counters = counters;
        this.paused = new PausedPartitions(context, counters);
        this.unopened = flushes.unopened();
        this.intake = new Intake(reader, errant, tables, handover);
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
            opened.forEach(partition -> begin(partition, Optional.ofNullable(starts.get(partition))));
            unopened.remove(opened);
        } catch (StorageException e) {
            unopened.failed(opened, e);
            pause();
            askForNextCall();
        }
    }

    /** @param start where the tables say, if they do */
    private void begin(TopicPartition partition, Optional<OptionalLong> start) {
        PartitionReading reading = new PartitionReading(partition, start.orElse(OptionalLong.empty()), gaps);
        partitions.put(partition, reading);
        OptionalLong skipped = unopened.firstSkipped(partition);
        if (start.isPresent()) {
            context.offset(partition, PartitionReading.lookBehind(start.get().orElse(0)));
            reading.awaitStart();
        } else if (skipped.isPresent()) {
            context.offset(partition, skipped.getAsLong());
            reading.awaitStart();
        }
    }

    /** Commits what the partitions brought, as far as that goes quickly, and forgets them; the rest is read again by their next owner. */
    public void close(Collection<TopicPartition> closed) {
        if (!failed) {
            handover.flush(closed);
        }
        for (TopicPartition partition : closed) {
            partitions.remove(partition);
            reader.forget(partition);
            errant.forget(partition);
        }
        unopened.remove(closed);
        handover.disown(closed);
        paused.forget(closed);
    }

    public void put(Collection<SinkRecord> records) {
        guarded(() -> {
            partitions.values().forEach(PartitionReading::beginPoll);
            if (unopened.isDue()) {
                tryToOpen(unopened.all());
            }
            tables.all().stream().filter(TableFeed::isAbandoned).forEach(feed -> seek(feed, feed.recover()));
            settle();
            for (SinkRecord record : records) {
                take(record);
            }
            tables.all().stream().filter(this::isDue).forEach(flushes::submit);
            keepUp();
            settle();
            errant.settle();
            pause();
            askForNextCall();
        });
    }

    /** The offsets up to which everything is in the tables, or reported. Never fails: Connect would take that for a reason to rewind. */
    public Map<TopicPartition, OffsetAndMetadata> durableOffsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, reading) ->
                durable(partition, reading).ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
    }

    public void stop() {
        reader.close();
        flushes.close(tables.all(), release);
    }

    private OptionalLong durable(TopicPartition partition, PartitionReading reading) {
        OptionalLong position = reading.position();
        if (position.isEmpty()) {
            return position;
        }
        long durable = Math.min(position.getAsLong(), errant.pending(partition).orElse(Long.MAX_VALUE));
        for (TableFeed feed : tables.fedBy(partition)) {
            durable = Math.min(durable, feed.pending(partition).orElse(Long.MAX_VALUE));
        }
        return reading.hasComeTo(durable) ? OptionalLong.of(durable) : OptionalLong.empty();
    }

    private void take(SinkRecord record) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        PartitionReading reading = partitions.get(partition);
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
        requireOwnTopic(record);
        for (TableFeed feed : intake.take(record, partition, this::partitionsOf)) {
            if (feed.flush().isEmpty() && feed.bufferedRows() >= policy.maxRows()) {
                flush(feed);
            }
        }
        if (budget.wantsFlush(tables.bufferedBytes())) {
            budget.toFlush(tables.loads()).map(tables::at).ifPresent(this::flush);
        }
    }

    private Set<TopicPartition> partitionsOf(String topic) {
        Set<TopicPartition> found = new LinkedHashSet<>(partitions.keySet());
        found.removeIf(partition -> !partition.topic().equals(topic));
        return found;
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
        FlushQueue.Settled settled = flushes.settle(feed, (rewound, cause) -> seek(rewound, rewound.rewind(cause)));
        if (settled == FlushQueue.Settled.COMMITTED) {
            context.requestCommit();
        }
    }

    /** Sends the consumer to where a table has to go on, if no other table of the partition has to go on before. */
    private void seek(TableFeed rewound, Map<TopicPartition, Long> targets) {
        targets.forEach((partition, target) -> {
            PartitionReading reading = partitions.get(partition);
            OptionalLong goal = tables.leastNext(partition, target);
            if (reading == null || goal.isEmpty() || goal.equals(reading.position())) {
                return;
            }
            boolean isForward = goal.getAsLong() > reading.position().orElse(Long.MIN_VALUE);
            if (isForward && !tables.areKnownByTopic()) {
                return;
            }
            context.offset(partition, PartitionReading.lookBehind(goal.getAsLong()));
            reading.seek(goal.getAsLong());
            reader.forget(partition);
        });
    }

    /** Partitions of tables that are tried again, or of the fullest while the budget is spent, bring nothing for a while. */
    private void pause() {
        Set<String> full = budget.toPause(tables.loads(), flushes.abandonedBytes(), !paused.isEmpty());
        List<TableFeed> stopped = tables.all().stream()
                .filter(feed -> full.contains(feed.location())
                        || feed.flush().filter(flush -> flush.failures() > 0).isPresent())
                .toList();
        Set<TopicPartition> wanted = TableFeeds.partitions(stopped);
        wanted.retainAll(partitions.keySet());
        if (errant.isFull()) {
            wanted.addAll(partitions.keySet());
        }
        wanted.addAll(unopened.all());
        paused.set(wanted);
    }

    /** A task without records is polled once a minute, unless it asks. */
    private void askForNextCall() {
        boolean isHeldUp = errant.isFull() || flushes.abandonedBytes() > 0 && !paused.isEmpty();
        long next = unopened.nextAttempt()
                .map(due -> due.toEpochMilli() - clock.millis())
                .orElse(isHeldUp ? LOOK_AFTER_FLUSH : Long.MAX_VALUE);
        for (TableFeed feed : tables.all()) {
            next = Math.min(next, untilNextCall(feed));
        }
        if (next < Long.MAX_VALUE) {
            context.timeout(Math.max(1, next));
        }
    }

    private long untilNextCall(TableFeed feed) {
        if (feed.flush().isEmpty()) {
            return feed.isAbandoned() ? LOOK_AFTER_FLUSH : feed.untilDue().orElse(Long.MAX_VALUE);
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
