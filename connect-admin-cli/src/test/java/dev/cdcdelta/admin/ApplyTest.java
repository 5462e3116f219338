package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {
    @TempDir
    Path directory;

    private FakeConnect connect;

    @BeforeEach
    void start() throws IOException {
        connect = new FakeConnect();
        write("a-sink.yaml", """
                name: a-sink
                connector.class: DeltaSinkConnector
                warehouse: s3a://lake/${environment}
                tasks.max: 2
                errors.log.enable: true
                table.name: ${database}/${collection}
                topics.regex: "a\\\\.(.*)$"
                hadoop.fs.s3a.secret.key: ${file:/secrets:s3.key}
                """);
        write("b.json", """
                {"name": "b-source", "config": {"connector.class": "MongoDbConnector", "password": "canary-b"}}
                """);
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private Path write(String name, String text) throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        return Files.writeString(files.resolve(name), text);
    }

    private CliRun run(String verb, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(verb, "-f", directory.resolve("files").toString(), "--set", "environment=prod"));
        arguments.addAll(Arrays.asList(more));
        return CliRun.with(Map.of("CONNECT_URL", connect.url()), arguments.toArray(String[]::new));
    }

    @Test
    void secondRunChangesNothing() {
        CliRun first = run("apply", "--wait");
        connect.requests.clear();
        CliRun second = run("apply");

        assertThat(first.err()).isEmpty();
        assertThat(first.out()).isEqualTo("""
                connector  action   changes
                a-sink     created  []
                b-source   created  []
                """);
        assertThat(second.out()).contains("a-sink     unchanged").contains("b-source   unchanged");
        assertThat(connect.requests).noneMatch(request -> request.matches("(PUT|POST|DELETE) /connectors.*"));
        assertThat(connect.config("a-sink"))
                .containsEntry("warehouse", "s3a://lake/prod")
                .containsEntry("tasks.max", "2")
                .containsEntry("errors.log.enable", "true")
                .containsEntry("table.name", "${database}/${collection}")
                .containsEntry("topics.regex", "a\\.(.*)$")
                .containsEntry("hadoop.fs.s3a.secret.key", "${file:/secrets:s3.key}")
                .containsEntry("connect.admin.owner", "default");
    }

    @Test
    void diffTellsKeysHidesSecretsAndEndsWithOne() throws IOException {
        run("apply");
        assertThat(run("diff").exitCode()).isZero();
        write("b.json", """
                {"name": "b-source", "config": {"connector.class": "MongoDbConnector", "password": "canary-c", "x": "1"}}
                """);

        CliRun diff = run("diff", "-o", "json");

        assertThat(diff.exitCode()).isEqualTo(1);
        Golden.verify(Golden.file("diff.json"), diff.out());
        assertThat(diff.toString()).doesNotContain("canary");
        CliRun dry = run("apply", "--dry-run");
        assertThat(dry.out()).containsPattern("b-source +updated").doesNotContain("canary");
        assertThat(connect.config("b-source")).doesNotContainKey("x");
    }

    @Test
    void pruneDeletesOnlyWhatItsOwnerMarked() throws IOException {
        run("apply");
        Files.delete(directory.resolve("files/b.json"));
        CliRun.with(
                Map.of("CONNECT_URL", connect.url()),
                "connector",
                "create",
                "-f",
                Files.writeString(
                                directory.resolve("foreign.yaml"),
                                "name: foreign\nconnector.class: DeltaSinkConnector\n")
                        .toString());

        assertThat(run("apply").out()).doesNotContain("b-source");
        assertThat(run("apply", "--prune", "--owner", "other", "--dry-run").out())
                .doesNotContain("deleted");
        assertThat(run("diff", "--prune").exitCode()).isEqualTo(1);
        assertThat(run("apply", "--prune", "--dry-run").out()).containsPattern("b-source +deleted");
        assertThat(connect.config("b-source")).isNotEmpty();

        CliRun pruned = run("apply", "--prune");

        assertThat(pruned.out()).containsPattern("b-source +deleted");
        assertThat(connect.config("b-source")).isEmpty();
        assertThat(connect.config("foreign")).isNotEmpty();
    }

    @Test
    void nothingIsWrittenOrPrunedWhereOneIsRefused() throws IOException {
        run("apply");
        Files.delete(directory.resolve("files/a-sink.yaml"));
        Files.delete(directory.resolve("files/b.json"));
        write("c.yaml", "name: c\nconnector.class: DeltaSinkConnector\npassword: canary-c\n");
        connect.answer("PUT /connector-plugins/DeltaSinkConnector/config/validate", 200, """
                {"configs": [{"value": {"name": "password", "errors":
                  ["Invalid value canary-resolved for configuration password: too short", "canary-c is known"]}}]}
                """);
        connect.requests.clear();

        CliRun applied = run("apply", "--prune");
        CliRun validated = run("validate", "-o", "csv");

        assertThat(applied.exitCode()).isEqualTo(4);
        assertThat(applied.err()).contains("c: password: Invalid value *** for configuration password: too short");
        assertThat(connect.requests).noneMatch(request -> request.matches("(PUT|POST|DELETE) /connectors/.*"));
        assertThat(validated.exitCode()).isEqualTo(1);
        assertThat(validated.out()).contains("""
                c,password,Invalid value *** for configuration password: too short
                c,password,*** is known
                """);
        assertThat(applied.toString() + validated).doesNotContain("canary");
    }

    @Test
    void variableWithoutValueIsRefusedWithItsPlace() throws IOException {
        write("c.yaml", "name: c\nconnector.class: X\ntopics: ${tenant}.orders\nnote: $${tenant}\n");

        CliRun run = run("diff");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("${tenant} of topics in")
                .contains("c.yaml")
                .contains("--set tenant=VALUE");
        assertThat(run("apply", "--set", "tenant=shop").exitCode()).isEqualTo(1);
        write("c.yaml", "name: c\nconnector.class: DeltaSinkConnector\ntopics: ${tenant}.orders\nnote: $${tenant}\n");
        assertThat(run("apply", "--set", "tenant=shop").exitCode()).isZero();
        assertThat(connect.config("c")).containsEntry("topics", "shop.orders").containsEntry("note", "${tenant}");
    }

    @Test
    void valuesComeFromAFileAndTheCommandLineWins() throws IOException {
        Path values = Files.writeString(directory.resolve("values.yaml"), "environment: test\n");

        CliRun run = CliRun.with(
                Map.of("CONNECT_URL", connect.url()),
                "apply",
                "-f",
                directory.resolve("files/a-sink.yaml").toString(),
                "--values",
                values.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(connect.config("a-sink")).containsEntry("warehouse", "s3a://lake/test");
        run("apply", "--values", values.toString());
        assertThat(connect.config("a-sink")).containsEntry("warehouse", "s3a://lake/prod");
    }

    @Test
    void pipelineInAFileIsWhatPipelineCreateMakes() throws IOException {
        Files.delete(directory.resolve("files/b.json"));
        write("a-sink.yaml", """
                kind: Pipeline
                name: shop
                database: ${environment}db
                collections: [orders, "item.*"]
                tasks: 2
                dlq: true
                sink:
                  commit.interval.ms: 500
                reconciliation:
                  schedule: 0 3 * * *
                """);

        CliRun run = run(
                "apply",
                "--warehouse",
                "file:///lake",
                "--mongodb-uri",
                "mongodb://h/",
                "--bootstrap-servers",
                "kafka:9092");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("shop-source", "shop-sink", "shop-reconciliation");
        assertThat(connect.config("shop-sink"))
                .containsEntry("commit.interval.ms", "500")
                .containsEntry("topics.regex", "shop\\.proddb\\.(orders|(item.*))")
                .containsEntry("errors.deadletterqueue.topic.name", "shop-dlq");
        assertThat(connect.config("shop-reconciliation"))
                .containsEntry("schedule", "0 3 * * *")
                .containsEntry("collections", "orders|(item.*)")
                .containsEntry("kafka.bootstrap.servers", "kafka:9092")
                .containsEntry("sink.connector", "shop-sink");
    }

    @Test
    void filesThatSayNoConnectorAreToldByNameAndLine() throws IOException {
        write("c.yaml", "name: [canary\n");
        assertThat(run("diff").err())
                .contains("c.yaml is neither YAML nor JSON")
                .doesNotContain("canary");
        write("c.yaml", "name: c\n");
        assertThat(run("diff").err()).contains("no connector.class");
        write("c.yaml", "kind: Pipeline\ndatabase: d\ncollections: [c]\nsinks: {}\n");
        assertThat(run("diff").err()).contains("A pipeline knows no sinks");
        write("c.yaml", "name: b-source\nconnector.class: X\n");
        assertThat(run("diff").err()).contains("b-source is there twice");
    }

    @Test
    void valuesThatTheWorkerHidesCountAsEqual() {
        run("apply");
        connect.answer(
                "GET /connectors/b-source/config",
                200,
                "{\"name\":\"b-source\",\"connector.class\":\"MongoDbConnector\",\"password\":\"[hidden]\","
                        + "\"connect.admin.owner\":\"default\"}");

        assertThat(run("diff").exitCode()).isZero();
    }
}
