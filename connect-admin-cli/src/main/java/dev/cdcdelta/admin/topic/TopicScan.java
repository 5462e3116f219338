package dev.cdcdelta.admin.topic;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
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

/** Reads topics from their beginning to where they end when reading begins. No group is joined and no offset committed. */
public final class TopicScan implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;

    /** Whoever looks at records. */
    @FunctionalInterface
    public interface Reader {
        /** @return false once no more are wanted */
        boolean read(ConsumerRecord<byte[], byte[]> from);
    }

    /** @param patience how long to wait for records that should be there */
    public TopicScan(Consumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    /** Reads committed records only. */
    public static TopicScan connect(String bootstrapServers) {
        Duration patience = Duration.ofSeconds(15);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false",
                "auto.offset.reset", "earliest",
                "default.api.timeout.ms", Long.toString(patience.toMillis()));
        try {
            return new TopicScan(
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), patience);
        } catch (KafkaException e) {
            throw unreadable("of " + bootstrapServers, e);
        }
    }

    /**
     * Hands on the records, those of each partition in their order.
     *
     * @return false if there is no such topic
     * @throws CommandException if the topic cannot be read to its end
     */
    public boolean read(String topic, Reader reader) {
        try {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (known == null || known.isEmpty()) {
                return false;
            }
            List<TopicPartition> partitions = known.stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            read(topic, new HashMap<>(consumer.endOffsets(partitions)), reader);
            return true;
        } catch (KafkaException e) {
            throw unreadable(topic, e);
        }
    }

    private void read(String topic, Map<TopicPartition, Long> ends, Reader reader) {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        Map<TopicPartition, Long> all = Map.copyOf(ends);
        while (!ends.isEmpty()) {
            boolean any = false;
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(patience)) {
                any = true;
                boolean isBefore = each.offset() < all.getOrDefault(new TopicPartition(topic, each.partition()), 0L);
                if (isBefore && !reader.read(each)) {
                    return;
                }
            }
            int left = ends.size();
            // Behind a transaction stands a marker, which is no record: the position passes it.
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (!any && ends.size() == left) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "Topic " + topic + " has not been read to its end.",
                        "Nothing came for " + patience.toSeconds() + " seconds from " + ends.keySet() + ".",
                        "Check that all brokers run, then try again.");
            }
        }
    }

    private static CommandException unreadable(String topic, KafkaException e) {
        return new CommandException(
                ExitCode.UNREACHABLE,
                "Topic " + topic + " cannot be read.",
                e.toString(),
                "Check --bootstrap-servers, and whether you may read the topic.",
                e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
