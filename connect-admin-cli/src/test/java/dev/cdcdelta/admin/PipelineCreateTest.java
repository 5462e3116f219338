package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineCreateTest {
    private static final String VALIDATE_SINK = "PUT /connector-plugins/DeltaSinkConnector/config/validate";

    @TempDir
    Path directory;

    private FakeConnect connect;
    private Path stack;

    @BeforeEach
    void start() throws IOException {
        connect = new FakeConnect();
        stack = Files.writeString(directory.resolve("stack.json"), """
                {"bootstrapServers": "127.0.0.1:1", "connectUrl": "%s", "warehouse": "s3a://lake/tables",
                 "mongodbUri": "mongodb://root:hunter2@127.0.0.1:27017/?replicaSet=rs0",
                 "s3Endpoint": "http://127.0.0.1:9000", "s3AccessKey": "AKIDEXAMPLE", "s3SecretKey": "wJalrXUtnFEMI",
                 "secretsFile": "/stack/secrets.properties", "pids": {"worker": 7}}
                """.formatted(connect.url()));
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private CliRun create(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("pipeline", "create", "--context", stack.toString(), "--database", "testdb"));
        arguments.addAll(List.of(more));
        return CliRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void writesBothConnectorsOnceTheyAreValidAndSaysSo() {
        CliRun run = create("--collection", "users");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                connector            action   state    changes
                testdb-users-source  created  RUNNING  []
                testdb-users-sink    created  RUNNING  []
                """);
        assertThat(connect.requests)
                .containsSubsequence(
                        "PUT /connector-plugins/MongoDbConnector/config/validate",
                        VALIDATE_SINK,
                        "PUT /connectors/testdb-users-source/config",
                        "PUT /connectors/testdb-users-sink/config",
                        "GET /connectors/testdb-users-source/status",
                        "GET /connectors/testdb-users-sink/status");
    }

    @Test
    void configurationsAreThoseOfTheTemplate() {
        create("--collection", "users", "--tasks", "3", "--dlq");

        assertThat(connect.config("testdb-users-source"))
                .containsEntry("collection.include.list", "testdb\\.users")
                .containsEntry("topic.prefix", "testdb-users")
                .containsEntry("capture.mode", "change_streams_update_full")
                .containsEntry("topic.creation.default.partitions", "3");
        assertThat(connect.config("testdb-users-sink"))
                .containsEntry("topics", "testdb-users.testdb.users")
                .containsEntry("tasks.max", "3")
                .containsEntry("transforms.typed.type", "dev.cdcdelta.smt.SchemaEvolution$Value")
                .containsEntry("hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000")
                .containsEntry("errors.tolerance", "all")
                .containsEntry("errors.deadletterqueue.topic.name", "testdb-users-dlq")
                .containsEntry("errors.deadletterqueue.context.headers.enable", "true");
    }

    @Test
    void secretsAreReferencesAndNeverLeaveThisProcess() {
        CliRun created = create("--collection", "users");
        CliRun shown = create("--collection", "users", "--dry-run");

        assertThat(connect.config("testdb-users-source"))
                .containsEntry("mongodb.connection.string", "${file:/stack/secrets.properties:mongodb.uri}");
        assertThat(connect.config("testdb-users-sink"))
                .containsEntry("hadoop.fs.s3a.secret.key", "${file:/stack/secrets.properties:s3.secret.key}");
        assertThat(String.join("", connect.bodies) + created + shown)
                .doesNotContain("hunter2")
                .doesNotContain("wJalrXUtnFEMI");
    }

    @Test
    void sameCommandAgainChangesNothing() {
        create("--collection", "users");
        connect.requests.clear();

        CliRun run = create("--collection", "users");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("testdb-users-sink    unchanged");
        assertThat(connect.requests).noneMatch(request -> request.matches("PUT /connectors/.*"));
    }

    @Test
    void anotherOptionSaysWhatItChanged() {
        create("--collection", "users");

        CliRun run = create(
                "--collection", "users", "--set", "sink.commit.interval.ms=500", "--set", "sink.errors.log.enable=");

        assertThat(run.out())
                .contains("testdb-users-source  unchanged")
                .contains("updated")
                .contains("commit.interval.ms: (absent) -> 500")
                .contains("errors.log.enable");
        assertThat(connect.config("testdb-users-sink"))
                .containsEntry("commit.interval.ms", "500")
                .doesNotContainKey("errors.log.enable");
    }

    @Test
    void severalCollectionsAndPatternsShareOnePipeline() {
        create("--collection", "users", "--collection", "order.*");

        assertThat(connect.config("testdb-source"))
                .containsEntry("collection.include.list", "testdb\\.users,testdb\\.(order.*)");
        assertThat(connect.config("testdb-sink")).containsEntry("topics.regex", "testdb\\.testdb\\.(users|(order.*))");
    }

    @Test
    void refusedFieldsAreNamedAndNothingIsWritten() throws IOException {
        connect.answer(VALIDATE_SINK, 200, FakeConnect.recorded("validation-errors.json"));

        CliRun run = create("--collection", "users", "--set", "sink.commit.interval.ms=-5");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                problem: Connect refuses the configuration; no connector was written.
                cause:   testdb-users-sink: warehouse: Invalid value s3a:/bucket for configuration warehouse: needs a bucket, as in s3a://bucket/path
                         testdb-users-sink: commit.interval.ms: Invalid value -5 for configuration commit.interval.ms: Value must be at least 1
                remedy:  Correct the fields named; those of a pipeline with --set source.KEY=VALUE or --set sink.KEY=VALUE.
                """);
        assertThat(connect.requests).noneMatch(request -> request.matches("PUT /connectors/.*"));
    }

    @Test
    void rebalancingClusterIsAskedAgain() {
        connect.rebalance(2);

        CliRun run = create("--collection", "users");

        assertThat(run.exitCode()).isZero();
        assertThat(connect.requests)
                .filteredOn("PUT /connectors/testdb-users-source/config"::equals)
                .hasSize(3);
    }

    @Test
    void fieldsForWhichDebeziumAnswersNoValueAreValid() throws IOException {
        connect.answer("PUT /connector-plugins/MongoDbConnector/config/validate", 200, """
                {"configs": [{"definition": {"name": "internal.legacy.snapshot.max.threads"}, "value": null}]}
                """);

        assertThat(create("--collection", "users").exitCode()).isZero();
    }

    @Test
    void failedTaskEndsTheWaitWithItsReason() throws IOException {
        connect.status("testdb-users-sink", FakeConnect.recorded("failed-task.json"));

        CliRun run = create("--collection", "users");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("problem: Task 0 of connector testdb-users-sink failed on worker 127.0.0.1:8083.")
                .contains(
                        "cause:   org.apache.kafka.connect.errors.ConnectException: Bucket 'lake' does not exist. Create it.")
                .doesNotContain("DeltaTables.java:61");
    }

    @Test
    void connectorThatNeverRunsTimesOut() {
        connect.status(
                "testdb-users-sink",
                "{\"name\":\"testdb-users-sink\",\"connector\":{\"state\":\"UNASSIGNED\",\"worker_id\":\"w:1\"},\"tasks\":[]}");

        CliRun run = create("--collection", "users", "--timeout", "0");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("does not run after 0 s").contains("UNASSIGNED with 0 of 0 tasks");
    }

    @Test
    void missingPluginIsToldBeforeAnythingIsWritten() {
        connect.answer("GET /connector-plugins", 200, "[]");

        CliRun run = create("--collection", "users");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("no plugin io.debezium.connector.mongodb.MongoDbConnector")
                .contains("plugin.path");
    }

    @Test
    void passwordInTheUriIsRefusedWhereItWouldBeReadable() {
        CliRun run = CliRun.with(
                Map.of("MONGODB_URI", "mongodb://root:hunter2@h/"),
                "pipeline",
                "create",
                "--connect",
                connect.url(),
                "--warehouse",
                "file:///tmp/w",
                "--database",
                "testdb",
                "--collection",
                "users");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--secrets-file").doesNotContain("hunter2");
        assertThat(connect.requests).isEmpty();
    }

    @Test
    void uriOfTheCommandLineWinsOverTheSecretsFile() {
        create("--collection", "users", "--mongodb-uri", "${env:MONGODB_URI}");

        assertThat(connect.config("testdb-users-source"))
                .containsEntry("mongodb.connection.string", "${env:MONGODB_URI}");
    }

    @Test
    void serverErrorIsShownWithItsMessage() {
        connect.answer(
                "PUT /connectors/testdb-users-source/config",
                500,
                "{\"error_code\":500,\"message\":\"Request timed out. The worker is currently flushing updates\"}");

        CliRun run = create("--collection", "users");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("answered 500 to PUT /connectors/testdb-users-source/config")
                .contains("flushing updates");
    }

    @Test
    void wrongSettingIsAUsageErrorWithoutItsValue() {
        CliRun run = create("--collection", "users", "--set", "warehouse=secretvalue");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--set takes source.KEY=VALUE").doesNotContain("secretvalue");
    }

    @Test
    void passwordThatAServerQuotesIsHidden() {
        connect.answer(
                "PUT /connector-plugins/MongoDbConnector/config/validate",
                500,
                "{\"error_code\":500,\"message\":\"Invalid value mongodb://root:hunter2@h/ for mongodb.connection.string\"}");

        CliRun run = create("--collection", "users");

        assertThat(run.err()).contains("mongodb://***@h/").doesNotContain("hunter2");
    }
}
