package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cdcdelta.stack.check.CollectionCheck;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed topics: the transform at the source, Apicurio's Avro converter on both sides, its registry between them. */
class AvroTopicsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SUBJECT = "typed.shop.orders-value";

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static SchemaRegistryProcess registry;
    private static ConnectRest connect;
    private static ConnectRest versions;
    private static MongoClient mongodb;
    private static AdminCli cli;

    @BeforeAll
    static void start() throws Exception {
        StackDirectory stackDirectory = new StackDirectory(directory);
        SchemaRegistryProcess.installConverter(stackDirectory);
        stack = LocalStack.start(StackUnderTest.in(directory));
        registry = SchemaRegistryProcess.start(stackDirectory);
        connect = new ConnectRest(stack.description().connectUrl());
        versions = new ConnectRest(registry.confluentUrl());
        mongodb = MongoClients.create(stack.description().mongodbUri());
        cli = new AdminCli(
                Installation.find().adminCli(), stackDirectory.description(), stackDirectory.data("cli-cache"));
    }

    @AfterAll
    static void stop() {
        // Containers that cannot be had end the start early.
        if (mongodb != null) {
            mongodb.close();
        }
        if (registry != null) {
            registry.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void documentsThatChangeTheirSchemaReachTheTableThroughAvro() throws Exception {
        MongoCollection<BsonDocument> orders = mongodb.getDatabase("shop").getCollection("orders", BsonDocument.class);
        insert(orders, "{_id: 1, total: 5, customer: {name: 'Ada', 'e.mail': 'a@b'}, items: [{sku: 'x', n: 1}]}");
        connect.putConnector("typed-source", source());
        connect.putConnector("typed-sink", sink());
        awaitTable(orders);

        insert(
                orders,
                "{_id: 2, total: 2.5, 'paid at': {$date: 1700000000123}, items: [{sku: 'y', price: {$numberDecimal: '1.50'}}]}");
        insert(
                orders,
                "{_id: 3, total: 'none', id: {$oid: '5f5f5f5f5f5f5f5f5f5f5f5f'}, ü: {$binary: {base64: 'AQID', subType: '00'}}}");
        orders.updateOne(new Document("_id", 1), new Document("$set", new Document("customer.age", 36L)));
        orders.deleteOne(new Document("_id", 2));
        awaitTable(orders);

        JsonNode history = versions.get("/subjects/" + SUBJECT + "/versions");
        for (JsonNode version : history) {
            String schema = versions.get("/subjects/" + SUBJECT + "/versions/" + version.asInt())
                    .get("schema")
                    .asText();
            assertThat(schema).contains("\"connect.name\":\"typed.shop.orders.Value\"");
        }
        // A first document, and each of three that need a wider type: the converter has added none of its own.
        assertThat(history).hasSize(4);

        stack.killWorker();
        stack.startWorker();
        insert(orders, "{_id: 4, total: 1}");
        awaitTable(orders);
        assertThat(versions.get("/subjects/" + SUBJECT + "/versions")).isEqualTo(history);
    }

    private static void insert(MongoCollection<BsonDocument> collection, String document) {
        collection.insertOne(BsonDocument.parse(document));
    }

    private static void awaitTable(MongoCollection<BsonDocument> orders) {
        await("the table is the collection")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    CollectionCheck check = new CollectionCheck("shop.orders");
                    orders.withDocumentClass(RawBsonDocument.class).find().forEach(check::addDocument);
                    cli.query("SELECT * FROM shop.orders", check::addRow);
                    CollectionCheck.Result result = check.result();
                    assertThat(result.examples()).isEmpty();
                    assertThat(result.isEqual()).isTrue();
                });
    }

    private static Map<String, String> source() {
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "io.debezium.connector.mongodb.MongoDbConnector");
        settings.put("tasks.max", "1");
        settings.put(
                "mongodb.connection.string", "${file:" + stack.description().secretsFile() + ":mongodb.uri}");
        settings.put("topic.prefix", "typed");
        settings.put("collection.include.list", "shop\\.orders");
        settings.put("capture.mode", "change_streams_update_full");
        settings.put("schema.name.adjustment.mode", "avro");
        settings.put("topic.creation.default.partitions", "1");
        settings.put("topic.creation.default.replication.factor", "1");
        settings.put("transforms", "value,key");
        for (String part : List.of("value", "key")) {
            settings.put(
                    "transforms." + part + ".type",
                    "dev.cdcdelta.smt.SchemaEvolution$" + (part.equals("key") ? "Key" : "Value"));
            settings.put("transforms." + part + ".schema.registry.url", registry.confluentUrl());
        }
        settings.putAll(converters());
        return settings;
    }

    private static Map<String, String> sink() {
        StackDescription description = stack.description();
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "dev.cdcdelta.sink.DeltaSinkConnector");
        settings.put("tasks.max", "1");
        settings.put("topics", "typed.shop.orders");
        settings.put("warehouse", description.warehouse());
        settings.put("commit.interval.ms", "1000");
        settings.put("hadoop.fs.s3a.endpoint", description.s3Endpoint());
        settings.put("hadoop.fs.s3a.endpoint.region", "us-east-1");
        settings.put("hadoop.fs.s3a.path.style.access", "true");
        settings.put("hadoop.fs.s3a.access.key", "${file:" + description.secretsFile() + ":s3.access.key}");
        settings.put("hadoop.fs.s3a.secret.key", "${file:" + description.secretsFile() + ":s3.secret.key}");
        settings.put("consumer.override.isolation.level", "read_committed");
        settings.putAll(converters());
        return settings;
    }

    /** The same on both sides of the topic. */
    private static Map<String, String> converters() {
        Map<String, String> settings = new HashMap<>();
        for (String part : List.of("key", "value")) {
            String converter = part + ".converter";
            settings.put(converter, "io.apicurio.registry.utils.converter.AvroConverter");
            settings.put(converter + ".apicurio.registry.url", registry.apicurioUrl());
            settings.put(converter + ".apicurio.registry.auto-register", "true");
            settings.put(converter + ".apicurio.registry.as-confluent", "true");
            settings.put(converter + ".apicurio.registry.use-id", "contentId");
            settings.put(converter + ".apicurio.registry.headers.enabled", "false");
        }
        return settings;
    }
}
