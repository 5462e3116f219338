package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.DirectRows;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.sink.trace.BatchTrace;
import dev.cdcdelta.smt.schema.StructType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A table, the batch that is being filled for it, and the one before that is on its way into it. The task's thread only; the sink is left
 * alone while a flush runs.
 */
final class TableFeed {
    /** How often in a row a flush may be given up before somebody else must be at work for good. */
    private static final int MAX_GIVEN_UP = 5;

    private static final Duration LONG_IDLE = Duration.ofMinutes(10);

    /** Each asks the storage whether there is a table by now; three of them fit into the time in which nobody takes offence. */
    private static final Duration BETWEEN_REGISTRATIONS = Duration.ofMinutes(5);

    /** What a feed is made of anew, whenever what it has is in other hands. */
    record Parts(
            Supplier<TableSink> sink,
            Supplier<TableRows> rows,
            Supplier<BatchTrace> trace,
            Clock clock,
            Duration interval) {}

    private final Parts parts;
    private final FlushTimer timer;
    private final Map<TopicPartition, PartitionProgress> partitions = new LinkedHashMap<>();
    private TableSink sink;
    private TableBatch batch;
    private BatchTrace trace;
    private @Nullable FlushInProgress flush;
    private Instant lastUse;
    private Instant nextRegistration;
    private int givenUp;
    private boolean abandoned;

    TableFeed(Parts parts) {
        this.parts = parts;
        this.timer = new FlushTimer(parts.clock(), parts.interval());
        this.lastUse = parts.clock().instant();
        this.nextRegistration = lastUse.plus(BETWEEN_REGISTRATIONS);
        this.sink = parts.sink().get();
        this.batch = new TableBatch(parts.rows().get());
        this.trace = parts.trace().get();
    }

    String location() {
        return sink.location();
    }

    /** Begins to feed the table from more partitions, where it says. Not while a flush runs. */
    void own(Set<TopicPartition> added) {
        try {
            sink.own(added);
        } catch (RuntimeException e) {
            added.stream().filter(partition -> !isFedBy(partition)).forEach(sink::disown);
            throw e;
        }
        followTable();
        for (TopicPartition partition : added) {
            partitions.put(partition, PartitionProgress.from(sink.recordedOffset(partition)));
        }
    }

    /** Gives a partition up, with what it brought. Not while a flush runs. */
    void disown(TopicPartition partition) {
        if (partitions.remove(partition) != null) {
            batch.drop(partition);
            if (flush != null) {
                flush.drop(partition);
            }
            sink.disown(partition);
        }
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    boolean isFedBy(TopicPartition partition) {
        return partitions.containsKey(partition);
    }

    boolean accepts(TopicPartition partition, long offset) {
        PartitionProgress progress = partitions.get(partition);
        return progress != null && progress.accepts(offset);
    }

    /** @throws org.apache.kafka.connect.errors.DataException if its document fits no row of the table; nothing is taken then */
    void add(TopicPartition partition, long offset, Change change) {
        batch.add(partition, offset, change);
    }

    /** Makes rows of the batch that is being filled. */
    DirectRows directRows() {
        return batch.rows();
    }

    /** Marks a record as dealt with, whatever it was. */
    void cover(TopicPartition partition, long offset) {
        timer.start();
        lastUse = parts.clock().instant();
        batch.cover(partition, offset);
        partitions.computeIfPresent(partition, (key, progress) -> progress.accepted(offset));
    }

    /** A record that was taken came with these. */
    void trace(Headers headers) {
        trace.take(headers);
    }

    /** The type of the documents that the table holds or is about to hold; of no fields if there is none yet. */
    StructType documentType() {
        return batch.rows().columns().map(DocumentColumns::typeOf).orElseGet(() -> new StructType(List.of()));
    }

    long bufferedBytes() {
        return batch.bytes();
    }

    long bufferedRows() {
        return batch.rowCount();
    }

    long flushingBytes() {
        return flush == null ? 0 : flush.bytes();
    }

    Instant lastUse() {
        return lastUse;
    }

    boolean isLongIdle() {
        return isIdle() && lastUse.plus(LONG_IDLE).isBefore(parts.clock().instant());
    }

    /** Whether nothing of the table is under way. */
    boolean isIdle() {
        return flush == null && batch.isEmpty() && !abandoned;
    }

    /** The table as of the last flush; empty if there is none yet. Not while a flush runs. */
    Optional<TableSnapshot> snapshot() {
        return sink.snapshot();
    }

    /** Milliseconds until the batch is due; empty while nothing waits in it. */
    OptionalLong untilDue() {
        return timer.remaining();
    }

    /** The flush that has not been settled yet. */
    Optional<FlushInProgress> flush() {
        return Optional.ofNullable(flush);
    }

    /** What is left to come from the partition; it has been dealt with up to there. */
    OptionalLong next(TopicPartition partition) {
        PartitionProgress progress = partitions.get(partition);
        return progress == null || progress.next() == Long.MIN_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(progress.next());
    }

    OptionalLong recorded(TopicPartition partition) {
        PartitionProgress progress = partitions.get(partition);
        return progress == null ? OptionalLong.empty() : progress.recorded();
    }

    /** The first offset of the partition that is in the batch or the flush; empty if none is. */
    OptionalLong pending(TopicPartition partition) {
        PartitionProgress progress = partitions.get(partition);
        return progress == null ? OptionalLong.empty() : progress.pending();
    }

    /** Whether the table is to be told of partitions that bring nothing; asked again and again, it says so every five minutes. */
    boolean isToRegister() {
        Instant now = parts.clock().instant();
        if (now.isBefore(nextRegistration) || !sink.isToRegister()) {
            return false;
        }
        nextRegistration = now.plus(BETWEEN_REGISTRATIONS);
        return true;
    }

    /** The batch becomes a flush, and the next one begins with its columns. */
    FlushInProgress handOver(ErrantRecords errant) {
        if (flush != null) {
            throw new IllegalStateException("the flush before is not settled");
        }
        Map<TopicPartition, Long> bases = new HashMap<>();
        partitions.forEach(
                (partition, progress) -> progress.recorded().ifPresent(offset -> bases.put(partition, offset)));
        flush = new FlushInProgress(sink, batch, bases, errant, trace);
        trace = parts.trace().get();
        TableRows rows = parts.rows().get();
        batch.rows().columns().ifPresent(columns -> rows.rebase(columns, sink.mayWiden()));
        batch = new TableBatch(rows);
        partitions.replaceAll((partition, progress) -> progress.handedOver());
        timer.reset();
        return flush;
    }

    /** Has the table looked at, as of its last flush. Not while a flush runs. */
    void look(TableUpkeep upkeep) {
        upkeep.look(sink);
    }

    /** The flush is durable. */
    void committed() {
        flush = null;
        givenUp = 0;
        followTable();
        partitions.replaceAll((partition, progress) -> progress.committed(sink.recordedOffset(partition)));
    }

    /**
     * Nothing of the flush came into the table; what is buffered goes too, for it was to be committed on top of it.
     *
     * @return where the partitions have to be read from again, or go on
     * @throws ConnectException if that happens again and again, or the table is another one
     */
    Map<TopicPartition, Long> rewind(Exception cause) {
        if (++givenUp > MAX_GIVEN_UP) {
            throw new ConnectException(
                    cause.getMessage() + ". That happened " + MAX_GIVEN_UP
                            + " times in a row: look for another connector of the same"
                            + " name that writes to this table, stop it, then restart the task",
                    cause);
        }
        Map<TopicPartition, Long> targets = new LinkedHashMap<>();
        partitions.replaceAll((partition, progress) -> {
            OptionalLong recorded = sink.recordedOffset(partition);
            if (progress.recorded().isPresent() && recorded.isEmpty()) {
                throw new ConnectException(
                        "Table " + location() + " was replaced while the task ran. Restart the task to fill"
                                + " the new one from the topic's first record that Kafka still has",
                        cause);
            }
            PartitionProgress rewound = progress.rewound(recorded);
            boolean moves = progress.pending().isPresent() || rewound.next() != progress.next();
            if (moves) {
                targets.put(partition, rewound.next());
            }
            return rewound;
        });
        flush = null;
        startBatch();
        return targets;
    }

    /** Leaves the running flush, with the sink, to itself: it is a stranger's from here on, which the offsets in the table fend off. */
    void abandon() {
        flush = null;
        abandoned = true;
        sink = parts.sink().get();
        startBatch();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Looks anew where the table stands. @return where the partitions have to be read from again, or go on */
    Map<TopicPartition, Long> recover() {
        sink.own(partitions());
        followTable();
        abandoned = false;
        return rewind(new ConnectException("Table " + location() + ": a commit took too long and was left to itself"));
    }

    private void startBatch() {
        batch = new TableBatch(parts.rows().get());
        trace = parts.trace().get();
        followTable();
        timer.reset();
    }

    private void followTable() {
        boolean mayWiden = sink.mayWiden();
        sink.columns()
                .filter(columns -> !batch.rows().startsFrom(columns, mayWiden))
                .ifPresent(columns -> batch.rows().rebase(columns, mayWiden));
    }
}
