package dev.cdcdelta.admin.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Topics of one partition in memory, which can be read again and again. */
public final class RecordedTopics extends MockConsumer<byte[], byte[]> {
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

    public RecordedTopics() {
        super("earliest");
    }

    public void add(String topic, @Nullable String key, String value) {
        List<ConsumerRecord<byte[], byte[]>> records = topics.computeIfAbsent(topic, name -> new ArrayList<>());
        records.add(new ConsumerRecord<>(
                topic,
                0,
                records.size(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
        updatePartitions(topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
        updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
        updateEndOffsets(Map.of(new TopicPartition(topic, 0), (long) records.size()));
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
        super.assign(partitions);
        for (TopicPartition partition : partitions) {
            topics.getOrDefault(partition.topic(), List.of()).forEach(this::addRecord);
        }
    }

    public TopicScan scan() {
        return new TopicScan(this, Duration.ofMillis(1));
    }
}
