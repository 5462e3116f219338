package dev.cdcdelta.bench.lag;

import dev.cdcdelta.stack.process.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a topic that Debezium writes and tells where the event of each document is. Documents are named by their {@code _id}, an integer. */
final class TopicLocations implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("\\{\"id\":\"(\\d+)\"}");
    private static final Duration POLL = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final String topic;
    private final Writes writes;
    private final Thread thread;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    /** @param topic is there */
    TopicLocations(String bootstrapServers, String topic, Writes writes) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.writes = writes;
        this.thread = new Thread(this::read, "bench-topic-locations");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, cause) -> failure.set(cause));
        thread.start();
    }

    private void read() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    writes.located(document(each.key()), each.partition(), each.offset());
                }
            }
        }
    }

    /**
     * How many documents' events are in the topic.
     *
     * @throws StackException if it cannot be read any more
     */
    int located() {
        requireHealthy();
        return writes.located();
    }

    private void requireHealthy() {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new StackException("The topic " + topic + " cannot be read: " + failed, failed);
        }
    }

    static int document(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new StackException(
                    "The key " + text + " is not one that this program wrote. Start with an empty --dir.");
        }
        return Integer.parseInt(matcher.group(1));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requireHealthy();
    }
}
