package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.record.Places;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Change events that bring a row to what the source holds. Each carries an operation time that was taken before the document was read,
 * so that the sink lets every change after it win. Keys are Debezium's to the byte, so that they go to the partition of the key.
 */
final class RepairEvents {
    /** Debezium's settings, {@code JsonSerialization.SIMPLE_JSON_SETTINGS} of 3.6.1. */
    private static final JsonWriterSettings KEY = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .indent(true)
            .indentCharacters("")
            .newLineCharacters("")
            .build();

    /** What Debezium cuts off before the value: {@code {"_": }. */
    private static final int KEY_START = 6;

    private final String topic;
    private final String database;
    private final String collection;
    private final Schema keySchema;

    RepairEvents(String topic, String database, String collection) {
        this.topic = topic;
        this.database = database;
        this.collection = collection;
        this.keySchema = SchemaBuilder.struct()
                .name(topic + ".Key")
                .field("id", Schema.STRING_SCHEMA)
                .build();
    }

    /** @param document empty if it is to be deleted */
    SourceRecord event(DocumentKey key, Optional<BsonDocument> document, BsonTimestamp readAfter) {
        BsonValue id = document.map(present -> present.get("_id")).orElseGet(() -> ExtendedJson.parse(key.canonical()));
        return new SourceRecord(
                Places.ofRepairs(collection),
                Map.of("operation_time", readAfter.getValue()),
                topic,
                null,
                keySchema,
                new Struct(keySchema).put("id", keyText(id)),
                null,
                value(document, readAfter));
    }

    /** Debezium's envelope. */
    Map<String, Object> value(Optional<BsonDocument> document, BsonTimestamp readAfter) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("connector", "mongodb");
        source.put("db", database);
        source.put("collection", collection);
        source.put("ts_ms", Integer.toUnsignedLong(readAfter.getTime()) * 1000L);
        source.put("ord", readAfter.getInc());
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("before", null);
        value.put("after", document.map(ExtendedJson::text).orElse(null));
        value.put("updateDescription", null);
        value.put("source", source);
        value.put("op", document.isPresent() ? "u" : "d");
        return value;
    }

    /** As Debezium writes the {@code _id} into its record keys. */
    static String keyText(BsonValue id) {
        String text = new BsonDocument("_", id).toJson(KEY);
        return text.substring(KEY_START, text.length() - 1);
    }
}
