package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.change.ChangeReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** Where the consumer stands in the task's partitions, and where it is sent. */
final class Consumption {
    private final SinkTaskContext context;
    private final OffsetGapPolicy gaps;
    private final ChangeReader reader;
    private final ErrantRecords errant;
    private final TableFeeds tables;
    private final Map<TopicPartition, PartitionReading> partitions = new LinkedHashMap<>();

    Consumption(
            SinkTaskContext context,
            OffsetGapPolicy gaps,
            ChangeReader reader,
            ErrantRecords errant,
            TableFeeds tables) {
        this.context = context;
        this.gaps = gaps;
        this.reader = reader;
        this.errant = errant;
        this.tables = tables;
    }

    /**
     * Begins to read a partition.
     *
     * @param start where the tables say, if they do
     * @param skipped the first record that has been read already without being looked at
     */
    void begin(TopicPartition partition, Optional<OptionalLong> start, OptionalLong skipped) {
        PartitionReading reading = new PartitionReading(partition, start.orElse(OptionalLong.empty()), gaps);
        partitions.put(partition, reading);
        if (start.isPresent()) {
            context.offset(partition, PartitionReading.lookBehind(start.get().orElse(0)));
            reading.awaitStart();
        } else if (skipped.isPresent()) {
            context.offset(partition, skipped.getAsLong());
            reading.awaitStart();
        }
    }

    void forget(Collection<TopicPartition> closed) {
        for (TopicPartition partition : closed) {
            partitions.remove(partition);
            reader.forget(partition);
            errant.forget(partition);
        }
    }

    /** The runtime has carried out the seeks that were asked for. */
    void beginPoll() {
        partitions.values().forEach(PartitionReading::beginPoll);
    }

    /** Null for a partition that is not read yet, or not any more. */
    @Nullable
    PartitionReading of(TopicPartition partition) {
        return partitions.get(partition);
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    Set<TopicPartition> partitionsOf(String topic) {
        Set<TopicPartition> found = new LinkedHashSet<>(partitions.keySet());
        found.removeIf(partition -> !partition.topic().equals(topic));
        return found;
    }

    /** Sends the consumer to where a table has to go on, if no other table of the partition has to go on before. */
    void follow(Map<TopicPartition, Long> targets) {
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
            seek(partition, reading, goal.getAsLong());
        });
    }

    /** Has a record that was just read, and what follows it, delivered once more. */
    void repeat(TopicPartition partition, long offset) {
        PartitionReading reading = partitions.get(partition);
        if (reading != null) {
            seek(partition, reading, offset);
        }
    }

    private void seek(TopicPartition partition, PartitionReading reading, long offset) {
        context.offset(partition, PartitionReading.lookBehind(offset));
        reading.seek(offset);
        reader.forget(partition);
    }

    /** The offsets up to which everything is in the tables, or reported. */
    Map<TopicPartition, OffsetAndMetadata> durableOffsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, reading) ->
                durable(partition, reading).ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
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
}
