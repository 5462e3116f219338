package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.client.SparkProcess;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of docs/how-to/rebuild.md, on a broker, while the collection goes on changing: the new table may not widen its columns. */
class RebuildIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "rebuild.shop.orders";
    private static final String REPLAY = "replay.shop.orders";
    private static final int PARTITIONS = 2;
    private static final int DOCUMENTS = 200;

    /** The first documents, one of which is deleted, have a number where all others have a text. */
    private static final int NUMBERS = 5;

    /** Relaxed, as Debezium writes keys; no two of them are one {@code _id}, and they are of seven types. */
    private static final List<String> OTHER_IDS = List.of(
            "\"7\"",
            "8.5",
            "5000000000",
            "{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}",
            "{\"a\":1,\"b\":\"x\"}",
            "{\"$date\":1700000000000}",
            "true");

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static ConnectRest connect;
    private static AdminCli cli;

    /** The documents as they are now, by their {@code _id}. */
    private final Map<BsonValue, BsonDocument> documents = new HashMap<>();

    private long time = 1_700_000_000_000L;

    /** Whether the field {@code l} gets numbers that an int does not hold. */
    private boolean isWider;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(StackUnderTest.in(directory));
        connect = new ConnectRest(stack.description().connectUrl());
        StackDirectory files = new StackDirectory(directory);
        cli = new AdminCli(Installation.find().adminCli(), files.description(), files.data("cli-cache"));
    }

    @AfterAll
    static void stop() {
        // Containers that cannot be had end the start early.
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aTableRebuiltFromItsTextsHoldsWhatMongoDbHolds() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(STREAM, PARTITIONS, (short) 1), new NewTopic(REPLAY, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers()), new StringSerializer(), new StringSerializer())) {
            for (int id = 0; id < DOCUMENTS; id++) {
                put(producer, Integer.toString(id), id < NUMBERS ? Integer.toString(id) : "\"text " + id + "\"");
            }
            for (String id : OTHER_IDS) {
                put(producer, id, "\"other\"");
            }
            delete(producer, "3");
            delete(producer, "8.5");
            connect.putConnector("orders", sink("orders", STREAM, "shop/orders"));
            awaitDocuments("shop.orders");

            // What happens until the replay is written, and after it: the stream is newer than what is replayed.
            change(producer, 10);
            List<JsonNode> replayed = new ArrayList<>();
            cli.rows(replayed::add, "table", "replay", "shop.orders", "--topic", REPLAY);
            change(producer, 30);

            Map<String, String> settings = sink("orders-v2", REPLAY, "shop/${collection}_v2");
            settings.put("index.scope", "table");
            settings.put("conflict.policies", "m=json");
            settings.put("schema.hints", "n=string");
            settings.put("table.properties.delta.enableTypeWidening", "false");
            connect.putConnector("orders-v2", settings);
            int rows = replayed.get(0).get("rows").asInt();
            await("the replayed rows")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> texts("shop.orders_v2").size() == rows);
            settings.put("topics", REPLAY + "," + STREAM);
            connect.putConnector("orders-v2", settings);
            isWider = true;
            change(producer, 50);
            awaitDocuments("shop.orders");
            awaitDocuments("shop.orders_v2");
            System.out.println(
                    "rebuild: " + replayed.get(0) + "; " + documents.size() + " documents = rows of both tables");
        }
        assertNewColumns();
    }

    /** The column is of text now, and the numbers stand beside it; the column that later numbers would have widened kept its type; for all readers. */
    private void assertNewColumns() throws Exception {
        String select =
                "SELECT count(*) AS rows, count(n) AS texts, count(n__json) AS numbers_beside, count(l) AS ints, count(l__json) AS wider,"
                        + " count(m) AS declared, count(_id) AS numbers, count(_id__json) AS others FROM ";
        List<JsonNode> duckDb = new ArrayList<>();
        cli.query(select + "shop.orders_v2", duckDb::add);
        List<JsonNode> spark = new SparkProcess(stack.description()).rows("shop/orders_v2", select + "t");
        JsonNode counts = duckDb.get(0);
        assertThat(spark).as("Spark reads what DuckDB reads").isEqualTo(duckDb);
        assertThat(counts.get("numbers_beside").asInt()).isEqualTo(NUMBERS - 1);
        assertThat(counts.get("texts").asInt()).isEqualTo(documents.size() - NUMBERS + 1);
        assertThat(counts.get("declared").asInt()).isEqualTo(documents.size());
        assertThat(counts.get("wider").asInt()).isPositive();
        assertThat(counts.get("ints").asInt() + counts.get("wider").asInt()).isEqualTo(documents.size());
        assertThat(counts.get("others").asInt()).isEqualTo(OTHER_IDS.size() - 1);
        assertThat(counts.get("numbers").asInt() + counts.get("others").asInt()).isEqualTo(documents.size());
        List<JsonNode> types = new ArrayList<>();
        cli.query("SELECT DISTINCT typeof(n) AS n, typeof(l) AS l, typeof(m) AS m FROM shop.orders_v2", types::add);
        assertThat(types).hasSize(1);
        assertThat(types.get(0).get("n").asText()).isEqualTo("VARCHAR");
        assertThat(types.get(0).get("m").asText()).isEqualTo("VARCHAR");
        assertThat(types.get(0).get("l").asText()).isEqualTo("INTEGER");
    }

    private static Map<String, String> sink(String name, String topics, String table) {
        Map<String, String> settings = SinkSettings.of(stack.description(), name, topics);
        settings.put("table.name", table);
        settings.put("document.text", "true");
        return settings;
    }

    /** Some documents change, one goes and comes again, and one goes for good. */
    private void change(KafkaProducer<String, String> producer, int first) throws Exception {
        for (int id = first; id < first + 10; id++) {
            put(producer, Integer.toString(id), "\"changed " + first + "\"");
        }
        put(producer, OTHER_IDS.get(first / 20), "\"changed " + first + "\"");
        delete(producer, Integer.toString(first + 11));
        put(producer, Integer.toString(first + 11), "\"again\"");
        delete(producer, Integer.toString(first + 12));
    }

    private void put(KafkaProducer<String, String> producer, String id, String n) throws Exception {
        time++;
        String l = isWider ? "{\"$numberLong\":\"" + time + "\"}" : Long.toString(time % 100);
        String document = "{\"_id\":" + id + ",\"n\":" + n + ",\"l\":" + l + ",\"m\":{\"at\":" + time + "}}";
        documents.put(idOf(id), BsonDocument.parse(document));
        send(producer, id, "c", document);
    }

    private void delete(KafkaProducer<String, String> producer, String id) throws Exception {
        time++;
        documents.remove(idOf(id));
        send(producer, id, "d", null);
    }

    private void send(KafkaProducer<String, String> producer, String id, String operation, @Nullable String after)
            throws Exception {
        String value = "{\"op\":\"" + operation + "\",\"after\":" + JSON.writeValueAsString(after)
                + ",\"source\":{\"connector\":\"mongodb\",\"db\":\"shop\",\"collection\":\"orders\",\"ts_ms\":" + time
                + ",\"ord\":1}}";
        String key = JSON.writeValueAsString(Map.of("id", id));
        producer.send(new ProducerRecord<>(STREAM, Math.floorMod(id.hashCode(), PARTITIONS), key, value))
                .get();
    }

    private void awaitDocuments(String table) {
        await(table + " holds the documents")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(texts(table)).isEqualTo(documents));
    }

    /** The documents that a table keeps as text; each has a row of its own. */
    private static Map<BsonValue, BsonDocument> texts(String table) {
        Map<BsonValue, BsonDocument> found = new HashMap<>();
        cli.query("SELECT _doc FROM " + table, row -> {
            BsonDocument document = BsonDocument.parse(row.get("_doc").asText());
            assertThat(found.put(document.get("_id"), document))
                    .as("a second row of %s", document.get("_id"))
                    .isNull();
        });
        return found;
    }

    private static BsonValue idOf(String text) {
        return Objects.requireNonNull(
                BsonDocument.parse("{\"_id\":" + text + "}").get("_id"));
    }

    private static String bootstrapServers() {
        return stack.description().bootstrapServers();
    }
}
