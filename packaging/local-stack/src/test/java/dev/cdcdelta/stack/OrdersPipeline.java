package dev.cdcdelta.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connectors of the collection {@code shop.orders} on a stack, beside the sink: Debezium as the source, and reconciliation. */
final class OrdersPipeline {
    static final String SOURCE = "orders-source";
    static final String SINK = "orders-sink";
    static final String RECONCILIATION = "orders-check";

    private OrdersPipeline() {}

    /** In the form of the worker's converters. */
    static Map<String, String> source(StackDescription stack) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", SOURCE);
        settings.put("connector.class", "io.debezium.connector.mongodb.MongoDbConnector");
        settings.put("tasks.max", "1");
        settings.put("mongodb.connection.string", stack.mongodbUri());
        settings.put("topic.prefix", "t");
        settings.put("collection.include.list", "shop.orders");
        settings.put("capture.mode", "change_streams_update_full");
        settings.put("heartbeat.interval.ms", "500");
        settings.put("poll.interval.ms", "50");
        settings.put("topic.creation.default.partitions", "1");
        settings.put("topic.creation.default.replication.factor", "1");
        return settings;
    }

    /** A run begins with the connector, and with each other id. */
    static Map<String, String> reconciliation(StackDescription stack, String run) {
        Map<String, String> settings = SinkSettings.of(stack, RECONCILIATION, "unused");
        settings.keySet()
                .removeIf(key -> !key.startsWith("hadoop.") && !key.equals("warehouse") && !key.equals("name"));
        settings.put("connector.class", "dev.cdcdelta.reconcile.ReconciliationConnector");
        settings.put("tasks.max", "1");
        settings.put("mongodb.uri", stack.mongodbUri());
        settings.put("database", "shop");
        settings.put("collections", "orders");
        settings.put("source.connector", SOURCE);
        settings.put("sink.connector", SINK);
        settings.put("connect.url", stack.connectUrl());
        settings.put("kafka.bootstrap.servers", stack.bootstrapServers());
        settings.put("run.id", run);
        return asJson(settings);
    }

    /** The same with schemaless JSON, whatever the worker's converters are. */
    static Map<String, String> asJson(Map<String, String> settings) {
        for (String converter : List.of("key.converter", "value.converter")) {
            settings.put(converter, "org.apache.kafka.connect.json.JsonConverter");
            settings.put(converter + ".schemas.enable", "false");
        }
        return settings;
    }
}
