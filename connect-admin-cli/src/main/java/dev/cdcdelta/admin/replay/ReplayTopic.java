package dev.cdcdelta.admin.replay;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic that events are written to. Kafka's producer bounds what waits in memory. */
public final class ReplayTopic implements AutoCloseable {
    /** As large as a document of 16 MiB may be in text. */
    private static final int MAXIMUM_REQUEST = 128 << 20;

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    ReplayTopic(String topic, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    public static ReplayTopic connect(String bootstrapServers, String topic, Duration timeout) {
        int milliseconds = Math.toIntExact(timeout.toMillis());
        try {
            return new ReplayTopic(
                    topic,
                    new KafkaProducer<>(
                            Map.of(
                                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                    bootstrapServers,
                                    ProducerConfig.ACKS_CONFIG,
                                    "all",
                                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                    true,
                                    ProducerConfig.LINGER_MS_CONFIG,
                                    20,
                                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                    milliseconds,
                                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                    MAXIMUM_REQUEST),
                            new ByteArraySerializer(),
                            new ByteArraySerializer()));
        } catch (KafkaException e) {
            throw failed(topic, e);
        }
    }

    /** @throws CommandException if this event, or one before, could not be written */
    void write(ReplayEvent event, ReplayEvent.Namespace table) {
        requireNoFailure();
        try {
            producer.send(new ProducerRecord<>(topic, event.key(), event.value(table)), (metadata, exception) -> {
                if (exception == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failure.compareAndSet(null, exception);
                }
            });
        } catch (KafkaException e) {
            throw failed(topic, e);
        }
    }

    /**
     * Waits until Kafka has all events.
     *
     * @return how many those are
     * @throws CommandException if some could not be written
     */
    long flush() {
        producer.flush();
        requireNoFailure();
        return acknowledged.get();
    }

    private void requireNoFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw failed(topic, first);
        }
    }

    private static CommandException failed(String topic, Exception cause) {
        return new CommandException(
                ExitCode.UNREACHABLE,
                "Kafka does not take the events for topic " + topic + ".",
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "Check --bootstrap-servers, that the topic exists or may be created, and that its max.message.bytes"
                        + " holds the largest document. Then run the command again; events that are there twice do no harm.",
                cause);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
