package dev.cdcdelta.bench.smt;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Debezium's envelope around one document, in both forms that converters give it. */
public final class Envelopes {
    private static final String TOPIC = "app.shop.orders";
    private static final Schema KEY = SchemaBuilder.struct()
            .name(TOPIC + ".Key")
            .field("id", Schema.STRING_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.mongo.Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("collection", Schema.STRING_SCHEMA)
            .field("ord", Schema.INT32_SCHEMA)
            .field("wallTime", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema UPDATE = SchemaBuilder.struct()
            .optional()
            .field(
                    "removedFields",
                    SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field("updatedFields", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name(TOPIC + ".Envelope")
            .field("before", Schema.OPTIONAL_STRING_SCHEMA)
            .field("after", Schema.OPTIONAL_STRING_SCHEMA)
            .field("updateDescription", UPDATE)
            .field("source", SOURCE)
            .field("op", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final long TIME = 1_700_000_000_000L;

    private Envelopes() {}

    /**
     * As JsonConverter gives it without schemas.
     *
     * @param operation Debezium's letter
     * @param after null for deletes
     */
    public static SinkRecord schemaless(String operation, String id, @Nullable String after) {
        Map<String, Object> source = new HashMap<>();
        SOURCE.fields().forEach(field -> source.put(field.name(), sourceValue(field.name())));
        Map<String, @Nullable Object> envelope = new HashMap<>();
        envelope.put("before", null);
        envelope.put("after", after);
        envelope.put("updateDescription", null);
        envelope.put("source", source);
        envelope.put("op", operation);
        envelope.put("ts_ms", TIME);
        return record(null, Map.of("id", id), null, envelope);
    }

    /**
     * As JsonConverter gives it with schemas.
     *
     * @param operation Debezium's letter
     * @param after null for deletes
     */
    public static SinkRecord withSchema(String operation, String id, @Nullable String after) {
        Struct source = new Struct(SOURCE);
        SOURCE.fields().forEach(field -> source.put(field, sourceValue(field.name())));
        Struct envelope = new Struct(ENVELOPE)
                .put("after", after)
                .put("source", source)
                .put("op", operation)
                .put("ts_ms", TIME);
        return record(KEY, new Struct(KEY).put("id", id), ENVELOPE, envelope);
    }

    private static Object sourceValue(String name) {
        return switch (name) {
            case "version" -> "3.6.1.Final";
            case "connector" -> "mongodb";
            case "name" -> "app";
            case "snapshot" -> "false";
            case "db" -> "shop";
            case "collection" -> "orders";
            case "ord" -> 1;
            default -> TIME;
        };
    }

    private static SinkRecord record(@Nullable Schema keySchema, Object key, @Nullable Schema schema, Object value) {
        return new SinkRecord(TOPIC, 0, keySchema, key, schema, value, 0, TIME, TimestampType.CREATE_TIME);
    }
}
