package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cdcdelta.stack.CliRuns.Run;
import dev.cdcdelta.stack.client.ConnectRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does with the packaged CLI who has a pipeline to look after. No output holds a secret that was planted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsIT {
    private static final int DOCUMENTS = 20;

    /** Of a connector's configuration, and of an address. */
    private static final List<String> CANARIES = List.of("canary-of-the-sink", "canary-of-an-address");

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static MongoClient mongodb;
    private static MongoCollection<BsonDocument> orders;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(StackUnderTest.in(directory.resolve("stack")));
        mongodb = MongoClients.create(stack.description().mongodbUri());
        orders = mongodb.getDatabase("shop").getCollection("orders", BsonDocument.class);
        for (int i = 0; i < DOCUMENTS; i++) {
            orders.insertOne(new BsonDocument("_id", new BsonInt32(i)).append("n", new BsonInt32(i)));
        }
        create("--set", "sink.conflict.policy=dlq", "--set", "sink.transforms.typed.conflict.policy=dlq");
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            mongodb.close();
            stack.close();
        }
    }

    private static void create(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "pipeline",
                "create",
                "--database",
                "shop",
                "--collection",
                "orders",
                "--name",
                "shop",
                "--dlq",
                "--set",
                "sink.my.password=" + CANARIES.get(0),
                "--set",
                "sink.commit.interval.ms=1000"));
        arguments.addAll(List.of(settings));
        Run run = cli(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        awaitNoLag();
    }

    private static void awaitNoLag() throws IOException {
        Run lag = cli("pipeline", "lag", "shop", "--wait");
        assertThat(lag.exitCode()).as(lag.err()).isZero();
    }

    private static Run cli(String... arguments) throws IOException {
        Map<String, String> context = Map.of(
                "CONNECT_ADMIN_CONTEXT", directory.resolve("stack/stack.json").toString());
        return new CliRuns(directory, directory, CANARIES).run(context, arguments);
    }

    @Test
    @Order(1)
    void theDoctorFindsAHealthyPipelineHealthy() throws IOException {
        Run run = cli("doctor", "shop", "-o", "json", "--worker-heap", "4096");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        List<String> checks = new ArrayList<>();
        run.json().forEach(row -> {
            checks.add(row.get("check").asText());
            assertThat(row.get("result").asText()).as("%s", row).isNotEqualTo("failed");
        });
        assertThat(checks)
                .contains(
                        "connect", "plugins", "heap", "clock of connect", "replica set", "clock of mongodb", "storage")
                .contains("oplog window", "user rights", "pre-images", "converters", "capture", "isolation")
                .contains("kafka", "topics", "dead letters", "tables", "connector shop-source", "connector shop-sink");
    }

    @Test
    @Order(2)
    void theDoctorSaysWhatDoesNotAnswer() throws IOException {
        Run run = cli(
                "doctor", "shop", "--mongodb-uri", "mongodb://u:" + CANARIES.get(1) + "@127.0.0.1:1/", "-o", "json");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).contains("MongoDB does not answer.");
    }

    @Test
    @Order(3)
    void aDeadLetterGoesBackOnceItsCauseIsMended() throws IOException {
        orders.insertOne(new BsonDocument("_id", new BsonInt32(100)).append("n", new BsonString("no number")));
        // A commit passes the refused one only with an event that comes behind it.
        orders.insertOne(new BsonDocument("_id", new BsonInt32(101)).append("n", new BsonInt32(101)));
        awaitNoLag();
        JsonNode list = cli("dlq", "list", "shop", "-o", "json").json();
        assertThat(list.at("/letters/0/state").asText()).as("%s", list).isEqualTo("open");
        String place = list.at("/letters/0/place").asText();
        assertThat(cli("dlq", "show", "shop", "--place", place).out()).contains("shop.shop.orders", "connector.name");
        assertThat(cli("doctor", "shop", "-o", "json").out()).contains("1 dead letters wait in shop-dlq.");

        create();
        assertThat(cli("dlq", "replay", "shop", "--dry-run", "-o", "json")
                        .json()
                        .at("/summary/replayed")
                        .asInt())
                .isEqualTo(1);
        Run replayed = cli("dlq", "replay", "shop", "-o", "json");
        assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isZero();
        assertThat(replayed.json().at("/summary/replayed").asInt()).isEqualTo(1);
        assertThat(cli("dlq", "replay", "shop", "-o", "json")
                        .json()
                        .at("/summary/replayed")
                        .asInt())
                .isZero();
        awaitNoLag();

        assertThat(cli("query", "SELECT count(*) AS rows, count(n__json) AS beside FROM orders", "-o", "csv")
                        .out())
                .isEqualTo("rows,beside\n" + (DOCUMENTS + 2) + ",1\n");
        assertThat(cli("dlq", "list", "shop", "-o", "json")
                        .json()
                        .at("/letters/0/state")
                        .asText())
                .isEqualTo("replayed");
    }

    @Test
    @Order(4)
    void aRunOfReconciliationIsAwaitedAndShown() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "dev.cdcdelta.reconcile.ReconciliationConnector");
        settings.put("tasks.max", "1");
        settings.put("mongodb.uri", stack.description().mongodbUri());
        settings.put("database", "shop");
        settings.put("collections", "orders");
        settings.put("source.connector", "shop-source");
        settings.put("sink.connector", "shop-sink");
        settings.put("connect.url", stack.description().connectUrl());
        settings.put("kafka.bootstrap.servers", stack.description().bootstrapServers());
        settings.put("range.max.documents", "5");
        for (String kind : List.of("key", "value")) {
            settings.put(kind + ".converter", "org.apache.kafka.connect.json.JsonConverter");
            settings.put(kind + ".converter.schemas.enable", "false");
        }
        SinkSettings.of(stack.description(), "x", "x").forEach((key, value) -> {
            if (key.startsWith("hadoop.") || key.equals("warehouse")) {
                settings.put(key, value);
            }
        });
        new ConnectRest(stack.description().connectUrl()).putConnector("shop-check", settings);
        Path page = directory.resolve("report.html");

        Run run = cli("reconcile", "run", "--run", "r1", "--mode", "deep", "--wait", "--timeout", "180", "-o", "json");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.json().at("/run/verdict").asText()).isEqualTo("clean");
        assertThat(run.err()).contains("run r1:");
        assertThat(cli("connector", "config", "shop-check").out()).doesNotContain("deep");
        assertThat(cli("reconcile", "status").exitCode()).isZero();
        assertThat(cli("reconcile", "findings", "r1").exitCode()).isZero();
        assertThat(cli("reconcile", "reports", "-o", "csv").out()).contains("r1,orders,clean," + (DOCUMENTS + 2));
        assertThat(cli("reconcile", "report", "show", "r1", "--html", page.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(page)).contains("<rect class=\"clean\"", "Every table equals its collection.");
    }

    @Test
    @Order(5)
    void offsetsLagStorageAndFilesAreLookedAt() throws IOException {
        assertThat(cli("offsets", "show", "shop-source", "-o", "json").out()).contains("resume_token");
        Run reset = cli("offsets", "reset", "shop-source", "--dry-run");
        assertThat(reset.out()).contains("would be forgotten");
        assertThat(cli("offsets", "reset", "shop-sink").exitCode()).isEqualTo(1);
        assertThat(cli("lag", "-o", "csv").out()).contains("shop,1,0,0");
        Run storage = cli("storage", "check", "--rounds", "2", "--tables", "-o", "json");
        assertThat(storage.exitCode()).as(storage.out()).isZero();
        assertThat(storage.out()).contains("\"shop.orders\"");
        assertThat(cli("table", "optimize", "shop.orders").exitCode()).isZero();
        assertThat(cli("query", "SELECT count(*) AS rows FROM orders", "-o", "csv")
                        .out())
                .isEqualTo("rows\n" + (DOCUMENTS + 2) + "\n");
    }
}
