package dev.cdcdelta.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * How Iceberg's connector is set up. Its MongoDebeziumTransform wants schemas, which the converter gets from {@code schema.content}; its
 * DebeziumTransform fails on the source block of MongoDB's envelopes, so that the document is taken out of them by Kafka's ExtractField.
 */
record IcebergSettings(String name, String topic, String bootstrapServers, String warehouse, int tasks, int interval) {
    static final String NAMESPACE = "peer";
    static final String TABLE = "orders";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

    /** Envelopes, typed by the transform. */
    Map<String, String> typed() {
        Map<String, String> settings = plain();
        settings.put("key.converter", CONVERTER);
        settings.put("key.converter.schemas.enable", "true");
        settings.put("key.converter.schema.content", keySchema().toString());
        settings.put("value.converter.schemas.enable", "true");
        settings.put("value.converter.schema.content", envelopeSchema().toString());
        settings.put("transforms", "typed,document");
        settings.put("transforms.typed.type", "org.apache.iceberg.connect.transforms.MongoDebeziumTransform");
        settings.put("transforms.document.type", "org.apache.kafka.connect.transforms.ExtractField$Value");
        settings.put("transforms.document.field", "after");
        return settings;
    }

    /** Documents as plain JSON. */
    Map<String, String> plain() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("name", name);
        settings.put("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
        settings.put("topics", topic);
        settings.put("tasks.max", Integer.toString(tasks));
        settings.put("consumer.override.auto.offset.reset", "earliest");
        settings.put("value.converter", CONVERTER);
        settings.put("value.converter.schemas.enable", "false");
        settings.put("iceberg.catalog.type", "hadoop");
        settings.put("iceberg.catalog.warehouse", warehouse);
        settings.put("iceberg.tables", NAMESPACE + "." + TABLE);
        settings.put("iceberg.tables.auto-create-enabled", "true");
        settings.put("iceberg.tables.evolve-schema-enabled", "true");
        settings.put("iceberg.tables.auto-create-props.write.parquet.compression-codec", "zstd");
        settings.put("iceberg.control.topic", name + "-control");
        settings.put("iceberg.control.commit.interval-ms", Integer.toString(interval));
        settings.put("iceberg.kafka.bootstrap.servers", bootstrapServers);
        return settings;
    }

    private ObjectNode keySchema() {
        ObjectNode schema = struct(false).put("name", topic + ".Key");
        field(schema, "id", "string");
        return schema;
    }

    /** What the transform asks for of Debezium's envelope. */
    private ObjectNode envelopeSchema() {
        ObjectNode schema = struct(false).put("name", topic + ".Envelope");
        field(schema, "before", "string");
        field(schema, "after", "string");
        ObjectNode update = struct(true).put("field", "updateDescription");
        field(update, "updatedFields", "string");
        ObjectNode removed = JSON.createObjectNode()
                .put("type", "array")
                .put("optional", true)
                .put("field", "removedFields");
        removed.putObject("items").put("type", "string").put("optional", false);
        update.withArray("/fields").add(removed);
        schema.withArray("/fields").add(update);
        field(schema, "op", "string");
        field(schema, "ts_ms", "int64");
        return schema;
    }

    /** As Connect's JSON converter reads schemas; what else is in the JSON is left out. */
    private static ObjectNode struct(boolean optional) {
        ObjectNode schema = JSON.createObjectNode().put("type", "struct").put("optional", optional);
        schema.putArray("fields");
        return schema;
    }

    private static void field(ObjectNode struct, String name, String type) {
        struct.withArray("/fields")
                .addObject()
                .put("field", name)
                .put("type", type)
                .put("optional", true);
    }
}
