package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.FlushPolicy;
import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.merge.FlushGivenUpException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A started task. The tables hold the truth about offsets: reading begins where they say, and Kafka's own offsets follow behind. What
 * is buffered may be dropped at any time, because it will be read again.
 */
public final class SinkRun {
    private static final Logger LOG = LoggerFactory.getLogger(SinkRun.class);

    /** How often in a row a table's flush may be given up before somebody else must be at work for good. */
    private static final int MAX_GIVEN_UP = 5;

    private final SinkTaskContext context;
    private final FlushPolicy policy;
    private final ChangeReader reader;
    private final ErrantRecords errant;
    private final TableSinks tables;
    private final FlushTimer timer;
    private final Map<TopicPartition, PartitionProgress> partitions = new LinkedHashMap<>();
    private final Map<String, Integer> givenUp = new HashMap<>();

    SinkRun(
            SinkTaskContext context,
            FlushPolicy policy,
            ChangeReader reader,
            ErrantRecords errant,
            TableSinks tables,
            FlushTimer timer) {
        this.context = context;
        this.policy = policy;
        this.reader = reader;
        this.errant = errant;
        this.tables = tables;
        this.timer = timer;
    }

    /**
     * Reading goes on where the tables say. Where they say nothing it begins with the first record that Kafka still has, whatever the
     * consumer group has committed: that may be of a table that is gone. Topics that go to no table stay with the group's offset.
     */
    public void open(Collection<TopicPartition> opened) {
        Map<TopicPartition, OptionalLong> recorded = tables.open(opened);
        recorded.forEach((partition, offset) -> context.offset(partition, offset.orElse(0)));
        for (TopicPartition partition : opened) {
            OptionalLong start = recorded.getOrDefault(partition, OptionalLong.empty());
            partitions.put(partition, new PartitionProgress(partition, start));
        }
    }

    /** Forgets the partitions, with what they brought since the last flush. */
    public void close(Collection<TopicPartition> closed) {
        for (TopicPartition partition : closed) {
            partitions.remove(partition);
            tables.close(partition);
            reader.forget(partition);
        }
    }

    public void put(Collection<SinkRecord> records) {
        partitions.values().forEach(PartitionProgress::beginPoll);
        for (SinkRecord record : records) {
            take(record);
            if (tables.rowCount() >= policy.maxRows() || tables.bytes() >= policy.maxBytes()) {
                flush();
            }
        }
        if (timer.isDue()) {
            flush();
        }
        timer.remaining().ifPresent(millis -> context.timeout(Math.max(1, millis)));
    }

    /** The offsets up to which everything is in the tables. */
    public Map<TopicPartition, OffsetAndMetadata> durableOffsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, progress) ->
                progress.durable().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
    }

    public void stop() {
        reader.close();
        tables.close();
    }

    private void take(SinkRecord record) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        long offset = record.originalKafkaOffset();
        PartitionProgress progress = partitions.get(partition);
        if (progress == null || !progress.accept(offset)) {
            return;
        }
        requireOwnTopic(record);
        timer.start();
        TableFeed sink;
        try {
            sink = tables.of(partition.topic());
        } catch (DataException unroutable) {
            errant.report(record, unroutable);
            return;
        }
        try {
            reader.read(record).ifPresent(change -> add(sink, partition, offset, change));
        } catch (DataException refused) {
            errant.report(record, refused);
        }
        sink.batch().cover(partition, offset);
    }

    /** What a refused document has taught of its topic must not make good ones fail. */
    private void add(TableFeed sink, TopicPartition partition, long offset, Change change) {
        try {
            sink.batch().add(partition, offset, change);
        } catch (DataException refused) {
            reader.forgetDocuments(partition.topic());
            throw refused;
        }
    }

    private static void requireOwnTopic(SinkRecord record) {
        if (!record.topic().equals(record.originalTopic())) {
            throw new ConnectException(
                    "A transform renamed topic " + record.originalTopic() + " to " + record.topic()
                            + ", but offsets are recorded by topic. Take that transform out and set 'topic.pattern' and 'table.name' instead");
        }
    }

    private void flush() {
        errant.await();
        for (TableFeed sink : tables.all()) {
            if (!sink.batch().isEmpty()) {
                flush(sink);
            }
        }
        partitions.values().forEach(PartitionProgress::flushed);
        timer.reset();
    }

    private void flush(TableFeed sink) {
        List<PartitionBatch> batches = List.copyOf(sink.batch().partitions());
        Map<TopicPartition, Long> bases = new HashMap<>();
        for (PartitionBatch batch : batches) {
            progress(batch).recorded().ifPresent(offset -> bases.put(batch.partition(), offset));
        }
        try {
            if (sink.flush(bases)) {
                batches.forEach(batch -> progress(batch).committed(batch.nextOffset()));
            }
            givenUp.remove(sink.location());
        } catch (FlushGivenUpException e) {
            rewind(sink, batches, bases, e);
        }
    }

    private void rewind(
            TableFeed sink,
            List<PartitionBatch> batches,
            Map<TopicPartition, Long> bases,
            FlushGivenUpException cause) {
        if (givenUp.merge(sink.location(), 1, Integer::sum) > MAX_GIVEN_UP) {
            throw new ConnectException(
                    cause.getMessage() + ". That happened " + MAX_GIVEN_UP
                            + " times in a row: look for another connector of the same"
                            + " name that writes to this table, stop it, then restart the task",
                    cause);
        }
        LOG.warn("{}; the records since the last commit are read again", cause.getMessage());
        sink.batch().clear();
        for (PartitionBatch batch : batches) {
            OptionalLong recorded = sink.recordedOffset(batch.partition());
            Long base = bases.get(batch.partition());
            if (base != null && recorded.isEmpty()) {
                throw new ConnectException(
                        "Table " + sink.location() + " was replaced while the task ran. Restart the task to fill"
                                + " the new one from the topic's first record that Kafka still has",
                        cause);
            }
            boolean moved = recorded.isPresent() && (base == null || recorded.getAsLong() != base);
            long target = moved ? recorded.getAsLong() : batch.firstOffset();
            context.offset(batch.partition(), target);
            progress(batch).rewind(recorded, target);
            reader.forget(batch.partition());
        }
    }

    private PartitionProgress progress(PartitionBatch batch) {
        PartitionProgress progress = partitions.get(batch.partition());
        if (progress == null) {
            throw new IllegalStateException(batch.partition() + " has a batch but is not assigned");
        }
        return progress;
    }
}
