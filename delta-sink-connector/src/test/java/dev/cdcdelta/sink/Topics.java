package dev.cdcdelta.sink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Kafka's topics as a consumer sees them: records by partition and offset, and the group's offsets. */
final class Topics {
    private final Map<TopicPartition, TreeMap<Long, SinkRecord>> logs = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    final Map<TopicPartition, Long> groupOffsets = new HashMap<>();

    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /** Leaves a gap, as transaction markers do. */
    void skipOffset(TopicPartition partition) {
        ends.merge(partition, 1L, Long::sum);
    }

    void recreate(TopicPartition partition) {
        logs.remove(partition);
        ends.remove(partition);
    }

    void append(
            TopicPartition partition,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema schema,
            @Nullable Object value,
            @Nullable Headers headers) {
        long offset = end(partition);
        SinkRecord record = new SinkRecord(
                partition.topic(),
                partition.partition(),
                keySchema,
                key,
                schema,
                value,
                offset,
                0L,
                TimestampType.CREATE_TIME,
                headers);
        logs.computeIfAbsent(partition, each -> new TreeMap<>()).put(offset, record);
        ends.put(partition, offset + 1);
    }

    /** At most {@code limit} records from {@code position} on; a position that does not exist is reset to the beginning. */
    List<SinkRecord> read(TopicPartition partition, long position, int limit) {
        long start = position > end(partition) ? 0 : position;
        TreeMap<Long, SinkRecord> log = logs.getOrDefault(partition, new TreeMap<>());
        return log.tailMap(start).values().stream().limit(limit).toList();
    }
}
