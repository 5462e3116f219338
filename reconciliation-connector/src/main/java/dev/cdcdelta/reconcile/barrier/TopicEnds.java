package dev.cdcdelta.reconcile.barrier;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.errors.ConnectException;

/** The ends of topics, by committed records. Confined to one thread. */
public final class TopicEnds implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;

    /** @param kafka settings of a client */
    public TopicEnds(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        settings.put("auto.offset.reset", "earliest");
        try {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unreadable("its brokers", e);
        }
    }

    /** @param consumer is closed with this object */
    public TopicEnds(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The offset behind the last committed record of each partition; none for a topic that does not exist. */
    public Map<TopicPartition, Long> of(String topic) {
        try {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            return partitions == null
                    ? Map.of()
                    : consumer.endOffsets(partitions.stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList());
        } catch (KafkaException e) {
            throw unreadable(topic, e);
        }
    }

    /** Whether there are records from one offset up to another; behind the last record stand markers of transactions. */
    public boolean hasRecords(TopicPartition partition, long from, long end) {
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            for (long position = from; position < end; ) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                    if (record.offset() < end) {
                        return true;
                    }
                }
                long next = consumer.position(partition);
                if (next == position) {
                    return true;
                }
                position = next;
            }
            return false;
        } catch (KafkaException e) {
            throw unreadable(partition.toString(), e);
        }
    }

    private static ConnectException unreadable(String what, KafkaException e) {
        return new ConnectException(
                "Kafka did not let " + what + " be read: " + e.getMessage()
                        + ". Check 'kafka.bootstrap.servers' and the other settings that begin with 'kafka.'",
                e);
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }
}
