package dev.cdcdelta.bench.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Keys and values as Debezium's MongoDB connector 3.6 writes them through Connect's JSON converter without schemas. */
public final class DebeziumText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    /** Debezium's for documents: dates as numbers, doubles bare, NaN too. */
    @SuppressWarnings("deprecation")
    private static final JsonWriterSettings DOCUMENT =
            JsonWriterSettings.builder().outputMode(JsonMode.STRICT).build();

    /** Debezium's for keys. */
    private static final JsonWriterSettings KEY =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private final Workload workload;
    private final Documents documents;

    public DebeziumText(Workload workload) {
        this.workload = workload;
        this.documents = new Documents(workload);
    }

    public String key(Event event) {
        return text(JSON.createObjectNode().put("id", relaxed(workload.ids().id(event.key()))));
    }

    public String value(Event event) {
        SourceTime time = SourceTime.of(event.sequence());
        ObjectNode envelope = JSON.createObjectNode();
        envelope.putNull("before");
        if (event.isDelete()) {
            envelope.putNull("after");
        } else {
            envelope.put(
                    "after", documents.document(event.key(), event.sequence()).toJson(DOCUMENT));
        }
        if (event.operation() == Operation.UPDATE) {
            envelope.putObject("updateDescription")
                    .putNull("removedFields")
                    .put("updatedFields", "{\"sequence\": " + event.sequence() + "}")
                    .putNull("truncatedArrays");
        } else {
            envelope.putNull("updateDescription");
        }
        envelope.set("source", source(event, time));
        envelope.put("op", event.operation().letter());
        times(envelope, time);
        envelope.putNull("transaction");
        return text(envelope);
    }

    private ObjectNode source(Event event, SourceTime time) {
        Workload.Namespace namespace = workload.namespace();
        ObjectNode source = JSON.createObjectNode()
                .put("version", "3.6.1.Final")
                .put("connector", "mongodb")
                .put("name", namespace.prefix());
        source.put("snapshot", event.operation() == Operation.SNAPSHOT ? "true" : "false")
                .put("db", namespace.database())
                .putNull("sequence");
        times(source, time);
        return source.put("collection", namespace.collection())
                .put("ord", time.ordinal())
                .putNull("lsid")
                .putNull("txnNumber")
                .put("wallTime", time.millis());
    }

    private static void times(ObjectNode node, SourceTime time) {
        node.put("ts_ms", time.millis()).put("ts_us", time.millis() * MICROS).put("ts_ns", time.millis() * NANOS);
    }

    private static String relaxed(BsonValue id) {
        String document = new BsonDocument("v", id).toJson(KEY);
        return document.substring(document.indexOf(':') + 1, document.lastIndexOf('}'))
                .strip();
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
