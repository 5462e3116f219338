package dev.cdcdelta.reconcile.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others ask of a connector in the signal topic, in its order. Confined to one thread. */
final class Signals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Consumer<String, String> consumer;
    private final String connector;
    private final TopicPartition partition;
    private final List<Asked> waiting = new ArrayList<>();

    /**
     * A run.
     *
     * @param next the offset behind the record
     */
    record Asked(String run, long next) {}

    /** @param kafka settings of a client */
    static Signals of(Map<String, String> kafka, String topic, String connector, long from) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        // Signals that have expired are gone.
        settings.put("auto.offset.reset", "earliest");
        return new Signals(
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer()),
                topic,
                connector,
                from);
    }

    Signals(Consumer<String, String> consumer, String topic, String connector, long from) {
        this.consumer = consumer;
        this.connector = connector;
        this.partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
    }

    /** The oldest run that is asked for and has not been taken. */
    Optional<Asked> take() {
        try {
            for (ConsumerRecord<String, String> record : consumer.poll(PATIENCE)) {
                if (connector.equals(record.key())) {
                    run(record.value(), record.offset()).ifPresent(waiting::add);
                }
            }
        } catch (KafkaException e) {
            throw new ConnectException(
                    "The signal topic " + partition.topic() + " could not be read: " + e.getMessage()
                            + ". Check the settings that begin with 'kafka.', and the rights of their user",
                    e);
        }
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.remove(0));
    }

    private Optional<Asked> run(@Nullable String text, long offset) {
        try {
            JsonNode signal = JSON.readTree(text == null ? "" : text);
            String run = signal.path("run").asText();
            if (signal.path("type").asText().equals("run") && !run.isBlank()) {
                return Optional.of(new Asked(run.strip(), offset + 1));
            }
        } catch (JsonProcessingException e) {
            LOG.debug("Offset {} of {} is no JSON", offset, partition.topic(), e);
        }
        LOG.warn(
                "The signal at offset {} of {} is not understood and is passed over. A run is asked for by"
                        + " {\"type\":\"run\",\"run\":\"NAME\"}",
                offset,
                partition.topic());
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }
}
