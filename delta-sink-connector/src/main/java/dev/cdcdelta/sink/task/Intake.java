package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.change.DirectRows;
import dev.cdcdelta.sink.change.EnvelopeBytes;
import dev.cdcdelta.sink.table.StorageException;
import dev.cdcdelta.smt.schema.ConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Reads each record once and puts its change into the batch of every table that has yet to take it. What fits none is reported. */
final class Intake {
    private final ChangeReader reader;
    private final ErrantRecords errant;
    private final TableFeeds tables;
    private final Handover handover;
    private final AwaitedTables awaited;

    Intake(ChangeReader reader, ErrantRecords errant, TableFeeds tables, Handover handover, AwaitedTables awaited) {
        this.awaited = awaited;
        this.reader = reader;
        this.errant = errant;
        this.tables = tables;
        this.handover = handover;
    }

    /**
     * Takes a record.
     *
     * @param assigned the task's partitions of a topic
     * @return the tables that took it; none of them where one is awaited now
     */
    List<TableFeed> take(SinkRecord record, TopicPartition partition, Function<String, Set<TopicPartition>> assigned) {
        try {
            return tables.areKnownByTopic() ? takeByTopic(record, partition) : takeByField(record, partition, assigned);
        } catch (DataException refused) {
            errant.report(record, Refusal.NO_TABLE, refused);
            return List.of();
        } catch (ConflictException stops) {
            throw ErrantRecords.stopping(record, stops);
        }
    }

    private List<TableFeed> takeByTopic(SinkRecord record, TopicPartition partition) {
        List<TableFeed> wanting = wanting(tables.of(partition.topic()), record, partition);
        if (!wanting.isEmpty()) {
            read(record, wanting.size() == 1 ? wanting.get(0).directRows() : DirectRows.NONE)
                    .ifPresent(change -> add(wanting, record, partition, change));
            wanting.forEach(feed -> feed.cover(partition, record.originalKafkaOffset()));
        }
        return wanting;
    }

    private List<TableFeed> takeByField(
            SinkRecord record, TopicPartition partition, Function<String, Set<TopicPartition>> assigned) {
        SinkRecord read = envelope(record);
        Optional<Change> change = read == null ? Optional.empty() : read(read, DirectRows.NONE);
        if (read == null || change.isEmpty()) {
            return List.of();
        }
        List<TableFeed> feeds = tables.of(read, change.get());
        for (TableFeed feed : feeds) {
            try {
                if (!feed.isFedBy(partition)) {
                    handover.own(feed, assigned.apply(partition.topic()));
                }
            } catch (StorageException e) {
                awaited.failed(partition, feed, e);
                return List.of();
            }
        }
        List<TableFeed> wanting = wanting(feeds, record, partition);
        add(wanting, record, partition, change.get());
        wanting.forEach(feed -> feed.cover(partition, record.originalKafkaOffset()));
        return wanting;
    }

    private static List<TableFeed> wanting(List<TableFeed> feeds, SinkRecord record, TopicPartition partition) {
        return feeds.stream()
                .filter(feed -> feed.accepts(partition, record.originalKafkaOffset()))
                .toList();
    }

    /** The change of a record; empty where it is none, or is refused. */
    private Optional<Change> read(SinkRecord record, DirectRows rows) {
        try {
            return reader.read(record, rows);
        } catch (DataException refused) {
            errant.report(record, Refusal.UNREADABLE, refused);
            return Optional.empty();
        }
    }

    /** The record with an envelope that can be looked into; null where it is refused. */
    private @Nullable SinkRecord envelope(SinkRecord record) {
        try {
            return EnvelopeBytes.read(record);
        } catch (DataException refused) {
            errant.report(record, Refusal.UNREADABLE, refused);
            return null;
        }
    }

    /** Adds the change to all tables that it fits; where there is one that it does not fit, the record is reported. */
    private void add(List<TableFeed> feeds, SinkRecord record, TopicPartition partition, Change change) {
        List<DataException> refusals = new ArrayList<>();
        for (TableFeed feed : feeds) {
            try {
                feed.add(partition, record.originalKafkaOffset(), change);
            } catch (DataException refused) {
                refusals.add(refused);
            }
        }
        DataException refusal = first(refusals);
        if (refusal != null) {
            // What a refused document has taught of its topic must not make good ones fail.
            reader.forgetDocuments(partition.topic());
            errant.report(record, Refusal.NO_ROW, refusal);
        }
    }

    private static @Nullable DataException first(List<DataException> refusals) {
        return refusals.isEmpty() ? null : refusals.get(0);
    }
}
