package dev.cdcdelta.worker.audit;

import dev.cdcdelta.worker.config.AuditSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends lines to a topic, those of one chain in order. A line that cannot be sent stands in the log all the same. */
final class AuditTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String topic;
    private final Producer<String, String> producer;

    private AuditTopic(String topic, Producer<String, String> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    static AuditTopic open(AuditSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "rest-security-audit");
        // A broker that is away holds no answer up for longer.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
        properties.putAll(settings.producer());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        return new AuditTopic(settings.topic(), new KafkaProducer<>(properties));
    }

    void send(String chain, String line) {
        try {
            producer.send(new ProducerRecord<>(topic, chain, line), (metadata, failure) -> {
                if (failure != null) {
                    report(line, failure);
                }
            });
        } catch (KafkaException e) {
            report(line, e);
        }
    }

    @Override
    public void close() {
        producer.flush();
        producer.close(PATIENCE);
    }

    private void report(String line, Exception failure) {
        LOG.error(
                "An audit line of {} bytes did not reach the topic {}; it stands in the audit log, and the topic's chain has a"
                        + " gap. Check that the topic exists and that the worker may write to it.",
                line.getBytes(StandardCharsets.UTF_8).length,
                topic,
                failure);
    }
}
