package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonInt64;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One stack for all tests here: it takes a quarter of a minute to start. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static MongoClient mongodb;
    private static ConnectRest connect;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(StackOptions.in(directory));
        mongodb = MongoClients.create(stack.description().mongodbUri());
        connect = new ConnectRest(stack.description().connectUrl());
    }

    @AfterAll
    static void stop() {
        List<ProcessHandle> children = children();
        mongodb.close();
        stack.close();
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(LocalStack.isRunning(directory)).isFalse();
    }

    @Test
    @Order(1)
    void describesItselfInAFileThatOnlyItsOwnerReads() throws IOException {
        Path file = directory.resolve("stack.json");

        assertThat(StackDescription.read(directory)).contains(stack.description());
        assertThat(JSON.readTree(Files.readString(file)).get("warehouse").asText())
                .isEqualTo("s3a://lake/warehouse");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("secrets.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(stack.description().toString())
                .doesNotContain(stack.description().s3SecretKey());
    }

    @Test
    @Order(1)
    void refusesASecondStackInTheSameDirectory() {
        assertThatThrownBy(() -> LocalStack.start(StackOptions.in(directory)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("A stack is running in")
                .hasMessageContaining("stack down --dir");
    }

    @Test
    @Order(1)
    void storesNothingForUnsignedRequests() throws Exception {
        URI object = URI.create(stack.description().s3Endpoint() + "/lake/object");
        HttpResponse<Void> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(object)
                                .PUT(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    @Order(1)
    void offersDebezium() throws Exception {
        assertThat(connect.get("/connector-plugins").findValuesAsText("class"))
                .contains("io.debezium.connector.mongodb.MongoDbConnector");
    }

    @Test
    @Order(2)
    void deliversSnapshotAndStreamThroughDebezium() throws Exception {
        MongoCollection<Document> orders = mongodb.getDatabase("shop").getCollection("orders");
        ObjectId id = new ObjectId();
        orders.insertOne(new Document("_id", id)
                .append("int", 7)
                .append("long", new BsonInt64(7))
                .append("double", 7.0)
                .append("decimal", new BsonDecimal128(Decimal128.parse("1.10")))
                .append("date", new BsonDateTime(1_700_000_000_123L)));
        connect.putConnector("source", debezium());
        await("the source connector").atMost(PATIENCE).ignoreExceptions().until(() -> connect.isRunning("source"));

        try (TopicReader topic = new TopicReader(stack.description().bootstrapServers(), "cdc.shop.orders")) {
            patiently().until(() -> topic.poll().size() >= 1);
            // One at a time: a looked-up document is the one at the time of reading.
            orders.insertOne(new Document("_id", 5));
            patiently().until(() -> topic.poll().size() >= 2);
            orders.updateOne(Filters.eq("_id", 5), Updates.set("name", "a"));
            patiently().until(() -> topic.poll().size() >= 3);
            orders.replaceOne(Filters.eq("_id", 5), new Document("name", "b"));
            patiently().until(() -> topic.poll().size() >= 4);
            orders.deleteOne(Filters.eq("_id", 5));
            patiently().until(() -> topic.poll().size() >= 6);

            List<ConsumerRecord<String, String>> records = topic.poll();
            assertThat(records)
                    .extracting(LocalStackIT::operation)
                    .containsExactly("r", "c", "u", "u", "d", "tombstone");
            assertThat(field(records.get(0), "after"))
                    .isEqualTo(JSON.readTree("{\"_id\": {\"$oid\": \"" + id + "\"}, \"int\": 7,"
                            + " \"long\": {\"$numberLong\": \"7\"}, \"double\": 7.0,"
                            + " \"decimal\": {\"$numberDecimal\": \"1.10\"}, \"date\": {\"$date\": 1700000000123}}"));
            assertThat(field(records.get(2), "after")).isEqualTo(JSON.readTree("{\"_id\": 5, \"name\": \"a\"}"));
            assertThat(field(records.get(3), "after")).isEqualTo(JSON.readTree("{\"_id\": 5, \"name\": \"b\"}"));
            assertThat(records.subList(1, 6))
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo("{\"id\":\"5\"}"));
        }
    }

    @Test
    @Order(3)
    void losesAndRepeatsNothingWhenTheWorkerIsKilled() throws Exception {
        MongoCollection<Document> orders = mongodb.getDatabase("shop").getCollection("orders");
        try (TopicReader topic = new TopicReader(stack.description().bootstrapServers(), "cdc.shop.orders")) {
            int before = topic.poll().size();
            insert(orders, 1_000, 3_000);
            patiently().until(() -> topic.poll().size() > before);
            stack.killWorker();
            insert(orders, 3_000, 4_000);
            stack.startWorker();

            patiently().until(() -> insertedIds(topic.poll()).contains(3_999));
            assertThat(insertedIds(topic.poll())).doesNotHaveDuplicates().hasSize(3_000);
        }
        assertThat(StackDescription.read(directory)).contains(stack.description());
    }

    private static void insert(MongoCollection<Document> orders, int from, int to) {
        List<Document> documents = new ArrayList<>();
        for (int id = from; id < to; id++) {
            documents.add(new Document("_id", id).append("bulk", true));
        }
        orders.insertMany(documents);
    }

    private static List<Integer> insertedIds(List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .filter(record -> operation(record).equals("c"))
                .map(record -> field(record, "after"))
                .filter(after -> after.has("bulk"))
                .map(after -> after.get("_id").asInt())
                .toList();
    }

    private static Map<String, String> debezium() {
        return Map.of(
                "connector.class", "io.debezium.connector.mongodb.MongoDbConnector",
                "mongodb.connection.string", "${file:" + stack.description().secretsFile() + ":mongodb.uri}",
                "topic.prefix", "cdc",
                "collection.include.list", "shop.orders",
                "capture.mode", "change_streams_update_full",
                "exactly.once.support", "required",
                "poll.interval.ms", "20");
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }

    private static String operation(ConsumerRecord<String, String> record) {
        return record.value() == null ? "tombstone" : envelope(record).get("op").asText();
    }

    private static JsonNode field(ConsumerRecord<String, String> record, String name) {
        try {
            return JSON.readTree(envelope(record).get(name).asText());
        } catch (IOException e) {
            throw new AssertionError("no JSON in " + name + " of " + record, e);
        }
    }

    private static JsonNode envelope(ConsumerRecord<String, String> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + record, e);
        }
    }

    private static List<ProcessHandle> children() {
        return new TreeSet<>(stack.description().pids().values())
                .stream()
                        .filter(pid -> pid != ProcessHandle.current().pid())
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .toList();
    }
}
