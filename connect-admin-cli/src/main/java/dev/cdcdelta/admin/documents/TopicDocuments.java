package dev.cdcdelta.admin.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.topic.JsonPayload;
import dev.cdcdelta.admin.topic.TopicScan;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.DataException;

/**
 * The documents in a topic of Debezium's MongoDB connector whose values are JSON, with or without their schema, from its beginning to
 * where it ends when reading begins. No group is joined and no offset committed. Deletes, tombstones and updates without an image hold
 * no document.
 */
public final class TopicDocuments implements DocumentSource {
    private final String topic;
    private final TopicScan scan;

    TopicDocuments(String topic, TopicScan scan) {
        this.topic = topic;
        this.scan = scan;
    }

    public static TopicDocuments of(String bootstrapServers, String topic) {
        return new TopicDocuments(topic, TopicScan.connect(bootstrapServers));
    }

    @Override
    public String name() {
        return "topic " + topic;
    }

    @Override
    public void read(Reader reader) {
        boolean exists = scan.read(topic, each -> {
            if (!reader.isDone()) {
                read(each, reader);
            }
            return !reader.isDone();
        });
        if (!exists) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "There is no topic " + topic + ".",
                    "",
                    "Name one as Debezium does: <prefix>.<database>.<collection>.");
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
        JsonNode envelope = json(value);
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
            return JsonPayload.of(value);
        } catch (JsonProcessingException e) {
            throw new DataException("The value is not JSON. A topic of Avro or another form has its schema already", e);
        }
    }

    @Override
    public void close() {
        scan.close();
    }
}
