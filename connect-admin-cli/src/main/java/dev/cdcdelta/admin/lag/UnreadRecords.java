package dev.cdcdelta.admin.lag;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the committed records between two offsets. Behind each transaction stands a marker, an offset without a record, so that the
 * end of a topic may never be reached by reading.
 */
public final class UnreadRecords implements AutoCloseable {
    /** Of longer distances the few markers among them do not matter: they are told by the offsets alone. */
    private static final long COUNTED = 100;

    private final Duration patience;
    private final Supplier<Consumer<byte[], byte[]>> connection;
    private @Nullable Consumer<byte[], byte[]> consumer;

    UnreadRecords(Duration patience, Supplier<Consumer<byte[], byte[]>> connection) {
        this.patience = patience;
        this.connection = connection;
    }

    /** @param patience how long to wait for records that should be there */
    public static UnreadRecords connect(String bootstrapServers, Duration patience) {
        return new UnreadRecords(
                patience,
                () -> new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", bootstrapServers,
                                "isolation.level", "read_committed",
                                "enable.auto.commit", "false",
                                "allow.auto.create.topics", "false",
                                "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()));
    }

    /** @return how many records stand at {@code from} or behind it and before {@code end}; an offset that cannot be read counts as one */
    long between(TopicPartition partition, long from, long end) {
        long offsets = Math.max(0, end - from);
        return offsets == 0 || offsets > COUNTED ? offsets : count(connected(), partition, from, end);
    }

    private long count(Consumer<byte[], byte[]> reader, TopicPartition partition, long from, long end) {
        reader.assign(List.of(partition));
        reader.seek(partition, from);
        long records = 0;
        for (long position = from; position < end; ) {
            for (var each : reader.poll(patience)) {
                records += each.offset() < end ? 1 : 0;
            }
            long next = reader.position(partition);
            if (next == position) {
                return records + end - position;
            }
            position = next;
        }
        return records;
    }

    private Consumer<byte[], byte[]> connected() {
        Consumer<byte[], byte[]> known = consumer;
        if (known == null) {
            known = connection.get();
            consumer = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
