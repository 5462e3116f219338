package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.cdcdelta.stack.check.CollectionCheck;
import dev.cdcdelta.stack.client.SparkProcess;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.quickstart.Datasets;
import dev.cdcdelta.stack.quickstart.Quickstart;
import dev.cdcdelta.stack.quickstart.Users;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The quick start's whole way, with a worker that is killed in the middle of the load, and foreign readers at the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int KILLS = 2;

    @TempDir
    static Path directory;

    private static StackDirectory stackDirectory;
    private static LocalStack stack;
    private static AdminCli cli;
    private static MongoClient mongodb;

    @BeforeAll
    static void start() {
        stackDirectory = new StackDirectory(directory);
        stack = LocalStack.start(StackUnderTest.in(directory));
        cli = new AdminCli(
                Installation.find().adminCli(), stackDirectory.description(), stackDirectory.data("cli-cache"));
        mongodb = MongoClients.create(stack.description().mongodbUri());
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
    void workerKilledInTheMiddleOfTheLoadNeitherLosesNorDoublesADocument() throws Exception {
        List<CollectionCheck.Result> results;
        try (Quickstart quickstart = new Quickstart(stack.description(), cli, System.out::println)) {
            quickstart.insertBeforePipelines();
            quickstart.createPipelines();
            killAtTheNextCommit();
            // A snapshot that Debezium begins anew does not tell of deletes since the one that was cut off, so none
            // happen before.
            quickstart.awaitTables();
            try (ConstantLoad load = ConstantLoad.on(mongodb.getDatabase(Users.DATABASE))) {
                Thread changes = new Thread(quickstart::change, "changes");
                changes.start();
                for (int kill = 0; kill < KILLS; kill++) {
                    killAtTheNextCommit();
                }
                changes.join();
                load.requireUnharmed();
            }
            quickstart.awaitTables();
            results = quickstart.check();
        }

        assertThat(results).extracting(CollectionCheck.Result::documents).allMatch(documents -> documents > 0);
        assertThat(results).allMatch(CollectionCheck.Result::isEqual);
    }

    @Test
    @Order(2)
    void sparkReadsEveryDocumentDeletionVectorsIncluded() throws Exception {
        SparkProcess spark = new SparkProcess(stack.description());
        assertThat(deletedRows(Users.DATABASE + ".users")).isPositive();

        assertThat(compareWithSpark(spark, Users.DATABASE, Users.COLLECTION).examples())
                .isEmpty();
        for (String collection : Datasets.names()) {
            assertThat(compareWithSpark(spark, Datasets.DATABASE, collection)).matches(CollectionCheck.Result::isEqual);
        }
    }

    @Test
    @Order(3)
    void sparkAndDuckDbAgreeOnTheChangeColumns() throws Exception {
        TreeSet<String> duckdb = new TreeSet<>();
        cli.query(
                "SELECT hex(_cdc_hash) AS hash, epoch_us(_cdc_ts) AS ts, _cdc_ord AS ord, _cdc_op AS op"
                        + " FROM testdb.users",
                row -> duckdb.add(changeColumns(row)));
        TreeSet<String> spark = new TreeSet<>();
        new SparkProcess(stack.description())
                .rows(
                        "testdb/users",
                        "SELECT hex(_cdc_hash) AS hash, unix_micros(_cdc_ts) AS ts, _cdc_ord AS ord, _cdc_op AS op FROM t")
                .forEach(row -> spark.add(changeColumns(row)));

        assertThat(spark).isNotEmpty().isEqualTo(duckdb);
    }

    @Test
    @Order(4)
    void schemasOfTopicAndCollectionAreThoseOfTheTable() {
        String namespace = Users.DATABASE + "." + Users.COLLECTION;
        long documents = mongodb.getDatabase(Users.DATABASE)
                .getCollection(Users.COLLECTION)
                .countDocuments();
        JsonNode collection = schema("infer", "--collection", namespace);
        assertThat(collection.at("/summary/documents").asLong()).isEqualTo(documents);
        assertThat(collection.get("fields")).isNotEmpty();

        JsonNode topic =
                schema("diff", namespace, "--topic", Users.DATABASE + "-" + Users.COLLECTION + "." + namespace);
        assertThat(topic.at("/summary/documents").asLong()).isGreaterThan(documents);
        assertThat(topic.get("changes")).isEmpty();
        assertThat(topic.get("refused")).isEmpty();
    }

    private static JsonNode schema(String... arguments) {
        List<String> all = new ArrayList<>(List.of("schema"));
        all.addAll(List.of(arguments));
        List<JsonNode> report = new ArrayList<>();
        cli.rows(report::add, all.toArray(String[]::new));
        return report.get(0);
    }

    private static void killAtTheNextCommit() throws IOException {
        long commits = commits();
        await("a commit while documents are written").atMost(PATIENCE).until(() -> commits() > commits);
        stack.killWorker();
        stack.startWorker();
    }

    private static String changeColumns(JsonNode row) {
        return row.get("hash").asText() + " " + row.get("ts").asText() + " "
                + row.get("ord").asText() + " " + row.get("op").asText();
    }

    private static CollectionCheck.Result compareWithSpark(SparkProcess spark, String database, String collection)
            throws IOException, InterruptedException {
        CollectionCheck check = new CollectionCheck(database + "." + collection);
        mongodb.getDatabase(database)
                .getCollection(collection, RawBsonDocument.class)
                .find()
                .forEach(check::addDocument);
        spark.rows(database + "/" + collection, "SELECT * FROM t").forEach(check::addRow);
        return check.result();
    }

    private static long deletedRows(String table) {
        List<JsonNode> description = new ArrayList<>();
        cli.rows(description::add, "table", "describe", table);
        return description.get(0).findValue("deletedRows").asLong();
    }

    private static long commits() throws IOException {
        try (var lines = Files.lines(stackDirectory.log("worker"))) {
            return lines.filter(line -> line.contains(" Committed version ")).count();
        }
    }
}
