package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.client.SparkProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A table that somebody changes behind the pipeline's back: the connector finds it, says what it is, and repairs it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconciliationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "shop/orders";
    private static final int DOCUMENTS = 300;

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static ConnectRest connect;
    private static SparkProcess spark;
    private static MongoClient mongodb;
    private static MongoCollection<BsonDocument> orders;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(StackUnderTest.in(directory));
        connect = new ConnectRest(stack.description().connectUrl());
        spark = new SparkProcess(stack.description());
        mongodb = MongoClients.create(stack.description().mongodbUri());
        orders = mongodb.getDatabase("shop").getCollection("orders", BsonDocument.class);
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(document(i));
        }
        orders.insertMany(documents);
        connect.putConnector(OrdersPipeline.SOURCE, OrdersPipeline.asJson(OrdersPipeline.source(stack.description())));
        Map<String, String> sink = SinkSettings.of(stack.description(), "orders-sink", "t.shop.orders");
        connect.putConnector("orders-sink", sink);
    }

    @AfterAll
    static void stop() {
        // Containers that cannot be had end the start early.
        if (stack != null) {
            mongodb.close();
            stack.close();
        }
    }

    @Test
    @Order(1)
    void anUntouchedTableIsClean() throws Exception {
        JsonNode report = run("first", Map.of());

        assertThat(report.get("verdict").asText()).as("%s", report).isEqualTo("clean");
        assertThat(report.get("documents").asInt()).isEqualTo(DOCUMENTS);
        assertThat(report.get("rows").asInt()).isEqualTo(DOCUMENTS);
        assertThat(report.get("ranges").asInt()).isEqualTo(6);
        assertThat(report.get("verified_through_ms").asLong()).isPositive();
    }

    @Test
    @Order(2)
    void orderOfFieldsAndTypesOfNumbersAreNoFindings() throws Exception {
        for (int i = 0; i < DOCUMENTS; i += 3) {
            BsonDocument document = document(i);
            BsonDocument other = new BsonDocument("_id", document.get("_id"));
            List<String> names = new ArrayList<>(document.keySet());
            for (int n = names.size() - 1; n > 0; n--) {
                BsonValue value = Objects.requireNonNull(document.get(names.get(n)));
                other.put(
                        names.get(n),
                        value.isInt32() ? new BsonInt64(value.asInt32().getValue()) : value);
            }
            orders.replaceOne(new BsonDocument("_id", document.get("_id")), other);
        }

        assertThat(run("reordered", Map.of()).get("verdict").asText()).isEqualTo("clean");
    }

    @Test
    @Order(3)
    void aRunWhoseWorkerIsKilledCompletesAndNoRangeIsDoneTwice() throws Exception {
        begin("killed", Map.of("range.max.documents", "10", "load.max.documents.per.second", "40"));
        try (TopicReader progress =
                new TopicReader(stack.description().bootstrapServers(), "reconciliation.progress")) {
            await("some ranges")
                    .atMost(PATIENCE)
                    .until(() -> ranges(progress, "killed").size() >= 5);
            stack.killWorker();
            stack.startWorker();
            JsonNode report = reportOf("killed");

            assertThat(report.get("verdict").asText()).as("%s", report).isEqualTo("clean");
            assertThat(report.get("documents").asInt()).isEqualTo(DOCUMENTS);
            // One poll need not bring all there is. All progress is older than the report.
            await("the progress of all ranges")
                    .atMost(PATIENCE)
                    .until(() -> new TreeSet<>(ranges(progress, "killed")).size() == 30);
            assertThat(ranges(progress, "killed")).hasSize(30).doesNotHaveDuplicates();
        }
    }

    @Test
    @Order(4)
    void everyFaultIsFoundAndNamed() throws Exception {
        spark.execute(
                TABLE,
                "INSERT INTO {table} SELECT * FROM {table} WHERE n = 10",
                "DELETE FROM {table} WHERE n IN (20, 21)",
                "UPDATE {table} SET city = 'Nowhere' WHERE n IN (30, 31, 32)",
                "UPDATE {table} SET _id__json = '\"nobody\"', _id = NULL WHERE n = 40");

        JsonNode report = run("found", Map.of("repair", "plan"));

        assertThat(report.get("verdict").asText()).as("%s", report).isEqualTo("discrepancies");
        TreeMap<String, Integer> classes = new TreeMap<>();
        List<JsonNode> findings = findings("found");
        findings.forEach(finding -> classes.merge(finding.get("class").asText(), 1, Integer::sum));
        assertThat(classes)
                .as("%s", findings)
                .isEqualTo(Map.of("missing", 3, "extra", 1, "different", 3, "duplicate", 1));
        for (JsonNode finding : findings) {
            if (finding.get("class").asText().equals("different")) {
                assertThat(finding.get("paths").toString()).isEqualTo("[\"city\"]");
            }
            assertThat(finding.get("source_values").isNull()).isTrue();
            assertThat(finding.get("repair").asText())
                    .isEqualTo(finding.get("class").asText().equals("duplicate") ? "off" : "planned");
        }
    }

    @Test
    @Order(5)
    void repairsAreAppliedAndVerified() throws Exception {
        // The sink stops at a table that has two rows of a key, also where it has seen the table before one was
        // deleted.
        spark.execute(TABLE, "DELETE FROM {table} WHERE n = 10");
        connect.post("/connectors/orders-sink/restart?includeTasks=true");
        await("the sink").atMost(PATIENCE).until(() -> connect.isRunning("orders-sink"));

        JsonNode report = run("repaired", Map.of("repair", "apply"));

        assertThat(report.get("verdict").asText()).as("%s", report).isEqualTo("repaired");
        assertThat(report.get("repaired").asInt()).as("%s", report).isEqualTo(8);
        TreeSet<String> states = new TreeSet<>();
        findings("repaired")
                .forEach(finding -> states.add(finding.get("class").asText() + " "
                        + finding.get("repair").asText()));
        assertThat(states)
                .contains("missing verified", "extra verified", "different verified")
                .doesNotContain("missing failed", "extra failed", "different failed");
        assertThat(run("after", Map.of()).get("verdict").asText()).isEqualTo("clean");
    }

    @Test
    @Order(6)
    void aSignalBeginsARun() throws Exception {
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", stack.description().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            "reconciliation.signals", "orders-check", "{\"type\":\"run\",\"run\":\"signalled\"}"))
                    .get();
        }
        assertThat(reportOf("signalled").get("verdict").asText()).isEqualTo("clean");
    }

    private static BsonDocument document(int i) {
        BsonValue id = switch (i % 5) {
            case 0 -> new BsonInt32(i);
            case 1 -> new BsonString("key-" + i);
            case 2 -> new BsonObjectId(new ObjectId(String.format("65f0c0ffee65f0c0ffee%04x", i)));
            case 3 -> new BsonDocument("a", new BsonInt32(i)).append("b", new BsonString("x"));
            default -> new BsonDouble(i + 0.5);
        };
        BsonDocument document = new BsonDocument("_id", id)
                .append("n", new BsonInt32(i))
                .append("city", new BsonString("City " + i % 7))
                .append("at", new BsonDateTime(1_700_000_000_000L + i))
                .append("tags", new BsonArray(List.of(new BsonInt32(i), new BsonInt32(i + 1))))
                .append("part", new BsonDocument("z", new BsonInt32(i)).append("y", new BsonString("y")));
        BsonValue mixed = switch (i % 4) {
            case 0 -> new BsonInt32(i);
            case 1 -> new BsonString("text " + i);
            case 2 -> new BsonDouble(i / 3.0);
            default -> new BsonArray(List.of(new BsonString("a")));
        };
        return document.append("mixed", mixed);
    }

    /** The numbers of the ranges that are done, in the order in which they were. */
    private static List<Integer> ranges(TopicReader progress, String id) throws IOException {
        List<Integer> ranges = new ArrayList<>();
        for (ConsumerRecord<String, String> record : progress.poll()) {
            JsonNode value = JSON.readTree(record.value());
            if (value.get("run").asText().equals(id)) {
                ranges.add(value.get("range").asInt());
            }
        }
        return ranges;
    }

    /** The report of a run that begins now. */
    private static JsonNode run(String id, Map<String, String> more) throws Exception {
        begin(id, more);
        return reportOf(id);
    }

    private static void begin(String id, Map<String, String> more) throws Exception {
        Map<String, String> settings = OrdersPipeline.reconciliation(stack.description(), id);
        settings.put("tasks.max", "2");
        settings.put("mode", "deep");
        settings.put("range.max.documents", "50");
        settings.put("max.repair.share", "0.5");
        settings.putAll(more);
        connect.putConnector("orders-check", settings);
    }

    private static JsonNode reportOf(String id) throws Exception {
        try (TopicReader reports = new TopicReader(stack.description().bootstrapServers(), "reconciliation.reports")) {
            await("the report of run " + id)
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        requireRunning();
                        return report(reports, id).isPresent();
                    });
            return report(reports, id).orElseThrow();
        }
    }

    private static void requireRunning() throws IOException, InterruptedException {
        for (String connector : List.of("orders-source", "orders-sink", "orders-check")) {
            for (JsonNode task :
                    connect.get("/connectors/" + connector + "/status").get("tasks")) {
                assertThat(task.get("state").asText())
                        .as("%s: %s", connector, task.path("trace").asText())
                        .isNotEqualTo("FAILED");
            }
        }
    }

    private static Optional<JsonNode> report(TopicReader reports, String id) throws IOException {
        for (ConsumerRecord<String, String> record : reports.poll()) {
            JsonNode report = JSON.readTree(record.value());
            if (report.get("run").asText().equals(id)) {
                return Optional.of(report);
            }
        }
        return Optional.empty();
    }

    private static List<JsonNode> findings(String id) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (TopicReader topic = new TopicReader(stack.description().bootstrapServers(), "reconciliation.findings")) {
            List<ConsumerRecord<String, String>> records = List.of();
            for (List<ConsumerRecord<String, String>> more = topic.poll();
                    records.isEmpty() || more.size() > records.size();
                    more = topic.poll()) {
                records = more;
            }
            for (ConsumerRecord<String, String> record : records) {
                JsonNode finding = JSON.readTree(record.value());
                if (finding.get("run").asText().equals(id)) {
                    found.add(finding);
                }
            }
        }
        return found;
    }
}
