package dev.cdcdelta.admin.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.errors.DataException;

/**
 * The documents in a topic of Debezium's MongoDB connector whose values are JSON, with or without their schema, from its beginning to
 * where it ends when reading begins. No group is joined and no offset committed. Deletes, tombstones and updates without an image hold
 * no document.
 */
public final class TopicDocuments implements DocumentSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;

    /** @param patience how long to wait for records that should be there */
    TopicDocuments(String topic, Consumer<byte[], byte[]> consumer, Duration patience) {
        this.topic = topic;
        this.consumer = consumer;
        this.patience = patience;
    }

    public static TopicDocuments of(String bootstrapServers, String topic) {
        Duration patience = Duration.ofSeconds(15);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false",
                "auto.offset.reset", "earliest",
                "default.api.timeout.ms", Long.toString(patience.toMillis()));
        return new TopicDocuments(
                topic,
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                patience);
    }

    @Override
    public String name() {
        return "topic " + topic;
    }

    @Override
    public void read(Reader reader) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new CommandException(
                        ExitCode.NOT_FOUND,
                        "There is no topic " + topic + ".",
                        "",
                        "Name one as Debezium does: <prefix>.<database>.<collection>.");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            read(new HashMap<>(consumer.endOffsets(partitions)), reader);
        } catch (KafkaException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "Topic " + topic + " cannot be read.",
                    e.toString(),
                    "Check --bootstrap-servers, and whether you may read the topic.",
                    e);
        }
    }

    private void read(Map<TopicPartition, Long> ends, Reader reader) {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        while (!ends.isEmpty() && !reader.isDone()) {
            boolean any = false;
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(patience)) {
                any = true;
                if (!reader.isDone()) {
                    read(each, reader);
                }
            }
            int left = ends.size();
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (!any && ends.size() == left && !reader.isDone()) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "Topic " + topic + " has not been read to its end.",
                        "Nothing came for " + patience.toSeconds() + " seconds from " + ends.keySet() + ".",
                        "Check that all brokers run, then try again.");
            }
        }
    }

    private static void read(ConsumerRecord<byte[], byte[]> from, Reader reader) {
        if (from.value() == null) {
            return;
        }
        try {
            JsonNode after = envelope(from.value()).get("after");
            if (after != null && !after.isNull()) {
                reader.document(ExtendedJson.parseDocument(after.textValue()));
            }
        } catch (DataException e) {
            reader.refused(
                    "topic " + from.topic() + ", partition " + from.partition() + ", offset " + from.offset(), e);
        }
    }

    private static JsonNode envelope(byte[] value) {
        JsonNode node = json(value);
        JsonNode envelope = node.has("schema") && node.has("payload") ? node.get("payload") : node;
        JsonNode after = envelope.get("after");
        if (!envelope.hasNonNull("op") || after != null && !after.isNull() && !after.isTextual()) {
            throw new DataException(
                    "The value is no change event of Debezium's MongoDB connector. Where the transform runs"
                            + " on the source side, the topic has its schema already");
        }
        return envelope;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(new String(value, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new DataException("The value is not JSON. A topic of Avro or another form has its schema already", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
