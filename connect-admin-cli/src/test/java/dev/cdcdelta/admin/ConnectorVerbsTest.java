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

class ConnectorVerbsTest {
    private static final String SINK = """
            name: shop-sink
            config:
              connector.class: DeltaSinkConnector
              tasks.max: 2
              topics: shop.db.orders
              hadoop.fs.s3a.secret.key: canary-key
              mongodb.connection.string: mongodb://root:canary-password@h/
              table.name: ${database}/${collection}
              s3.key: ${file:/secrets:s3.key}
            """;

    @TempDir
    Path directory;

    private FakeConnect connect;

    @BeforeEach
    void start() throws IOException {
        connect = new FakeConnect();
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private CliRun run(String... arguments) {
        return CliRun.with(Map.of("CONNECT_URL", connect.url()), arguments);
    }

    private CliRun create(String text, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("sink.yaml"), text);
        List<String> arguments = new ArrayList<>(List.of("connector", "create", "-f", file.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void createdOnceAndRefusedTheSecondTime() throws IOException {
        CliRun dry = create(SINK, "--dry-run");
        assertThat(connect.requests).isEmpty();
        CliRun run = create(SINK, "--wait");
        CliRun again = create(SINK);

        assertThat(run.err() + dry.err()).isEmpty();
        assertThat(run.out()).isEqualTo("connector  result\nshop-sink  created\n");
        assertThat(connect.config("shop-sink"))
                .containsEntry("tasks.max", "2")
                .containsEntry("table.name", "${database}/${collection}")
                .containsEntry("s3.key", "${file:/secrets:s3.key}");
        assertThat(again.exitCode()).isEqualTo(4);
        assertThat(again.err()).contains("There is a connector 'shop-sink' already");
        assertThat(dry.out() + run + again).doesNotContain("canary");
    }

    @Test
    void conflictOfANameIsNotWaitedFor() throws IOException {
        create(SINK);
        // The worker that is asked has not heard of the other's connector yet.
        connect.answer("GET /connectors", 200, "[]");

        CliRun run = create(SINK);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("already exists").contains("connector update");
        assertThat(connect.requests).filteredOn("POST /connectors"::equals).hasSize(2);
    }

    @Test
    void listShowAndConfigHideSecretsInEveryForm() throws IOException {
        create(SINK);

        for (String format : List.of("table", "json", "yaml")) {
            String all = run("connector", "list", "-o", format).out()
                    + run("connector", "show", "shop-sink", "-o", format).out()
                    + run("connector", "config", "shop-sink", "-o", format).out();
            assertThat(all)
                    .contains("DeltaSinkConnector", "${file:/secrets:s3.key}", "mongodb://***@h/", "a.c")
                    .doesNotContain("canary");
        }
        Golden.verify(
                Golden.file("connector-show.txt"),
                run("connector", "show", "shop-sink").out());
        Golden.verify(
                Golden.file("connector-list.yaml"),
                run("connector", "list", "-o", "yaml").out());
    }

    @Test
    void updateChangesTheKeysNamedAndNothingWhereTheyAreEqual() throws IOException {
        create(SINK);

        CliRun dry = run("connector", "update", "shop-sink", "--set", "tasks.max=3", "--dry-run");
        assertThat(connect.config("shop-sink")).containsEntry("tasks.max", "2");
        CliRun run = run(
                "connector",
                "update",
                "shop-sink",
                "--set",
                "tasks.max=3",
                "--set",
                "topics=",
                "--set",
                "hadoop.fs.s3a.secret.key=canary-other",
                "-o",
                "csv");
        connect.requests.clear();
        CliRun equal = run("connector", "update", "shop-sink", "--set", "tasks.max=3");

        assertThat(dry.out()).contains("tasks.max");
        assertThat(run.out()).isEqualTo("""
                connector,action,key,before,after
                shop-sink,updated,hadoop.fs.s3a.secret.key,***,*** (another)
                shop-sink,updated,tasks.max,2,3
                shop-sink,updated,topics,shop.db.orders,(absent)
                """);
        assertThat(equal.exitCode()).isZero();
        assertThat(connect.requests).doesNotContain("PUT /connectors/shop-sink/config");
        assertThat(dry.toString() + run + equal).doesNotContain("canary");
    }

    @Test
    void statesAreReachedAndWaitedFor() throws IOException {
        create(SINK);

        CliRun paused = run("connector", "pause", "shop-sink", "--wait");
        CliRun status = run("connector", "status", "shop-sink");
        CliRun stopped = run("connector", "stop", "shop-sink", "--wait");
        CliRun resumed = run("connector", "resume", "shop-sink", "--wait");

        assertThat(paused.out()).isEqualTo("connector  result\nshop-sink  pausing\n");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).contains("PAUSED");
        assertThat(stopped.exitCode() + resumed.exitCode()).isZero();
        assertThat(run("connector", "status", "shop-sink").exitCode()).isZero();
    }

    @Test
    void stateThatIsNotReachedTimesOut() throws IOException {
        create(SINK);
        connect.answer("PUT /connectors/shop-sink/pause", 202, "");

        CliRun run = run("connector", "pause", "shop-sink", "--wait", "--timeout", "0");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("is not paused after 0 s").contains("RUNNING with 1 of 1");
    }

    @Test
    void restartIsOfTheWholeOrOfWhatFailedOrOfATask() throws IOException {
        create(SINK);

        assertThat(run("connector", "restart", "shop-sink", "--only-failed").exitCode())
                .isZero();
        assertThat(run("connector", "restart", "shop-sink", "--task", "0").exitCode())
                .isZero();

        assertThat(connect.requests)
                .contains("POST /connectors/shop-sink/restart", "POST /connectors/shop-sink/tasks/0/restart");
    }

    @Test
    void connectorThatIsNotThereIsNotFound() {
        for (String verb : List.of("show", "config", "status", "pause", "resume", "stop", "restart")) {
            CliRun run = run("connector", verb, "none");
            assertThat(run.exitCode()).as(verb).isEqualTo(5);
            assertThat(run.err()).as(verb).contains("no connector 'none'");
        }
        assertThat(run("topics", "list", "none").exitCode()).isEqualTo(5);
        assertThat(run("connector", "update", "none", "--set", "a=b").exitCode())
                .isEqualTo(5);
        assertThat(run("connector", "delete", "none").exitCode()).isEqualTo(5);
    }

    @Test
    void deleteShowsFirstWhatItWouldDo() throws IOException {
        create(SINK);

        assertThat(run("connector", "delete", "shop-sink", "--dry-run").out()).contains("would be deleted");
        assertThat(run("connector", "list").out()).contains("shop-sink");
        assertThat(run("connector", "delete", "shop-sink").out()).contains("deleted");
        assertThat(run("connector", "list").out()).doesNotContain("shop-sink");
    }

    @Test
    void topicsPluginsAndLoggersAreShown() throws IOException {
        create(SINK);
        connect.answer("GET /connector-plugins/DeltaSinkConnector/config", 200, """
                [{"name":"warehouse","type":"STRING","required":true,"default_value":null,"importance":"HIGH",
                  "documentation":"Where the tables are.","group":"Table"}]
                """);

        assertThat(run("topics", "list", "shop-sink").out()).isEqualTo("topic\na.c\nb.c\n");
        assertThat(run("plugins", "list", "--type", "sink", "-o", "csv").out())
                .isEqualTo("class,type,version\ndev.cdcdelta.sink.DeltaSinkConnector,sink,0.1.0\n");
        assertThat(run("plugins", "show", "DeltaSinkConnector").out())
                .contains("warehouse  string  true      null     high        Where the tables are.");
        connect.answer("GET /connector-plugins/None/config", 404, "{}");
        assertThat(run("plugins", "show", "None").exitCode()).isEqualTo(5);
        assertThat(run("loggers", "list").out()).contains("root    INFO   null");
        assertThat(run("loggers", "get", "root").out()).contains("INFO");
        CliRun set = run("loggers", "set", "org.apache.kafka", "debug");
        assertThat(set.out()).contains("org.apache.kafka  DEBUG  cluster");
        assertThat(connect.bodies).contains("{\"level\":\"DEBUG\"}");
    }

    @Test
    void logsShowWholeTracesAndSayWhereTheRestIs() throws IOException {
        create(SINK.replace("DeltaSinkConnector", "dev.cdcdelta.sink.DeltaSinkConnector"));
        connect.status("shop-sink", FakeConnect.recorded("failed-task.json").replace("testdb-users-sink", "shop-sink"));

        CliRun run = run("pipeline", "logs", "shop", "-o", "yaml");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("[shop-sink|task-0]").contains("DeltaTables.java:61");
    }

    @Test
    void verbsOnAPipelineReachAllItsConnectors() throws IOException {
        create(SINK.replace("DeltaSinkConnector", "dev.cdcdelta.sink.DeltaSinkConnector"));
        create("""
                name: shop-reconciliation
                connector.class: dev.cdcdelta.reconcile.ReconciliationConnector
                """);

        CliRun run = run("pipeline", "stop", "shop", "--wait");

        assertThat(run.out()).isEqualTo("""
                connector            result
                shop-sink            stopping
                shop-reconciliation  stopping
                """);
        assertThat(run("pipeline", "list").out()).containsPattern("shop +missing +STOPPED +STOPPED");
    }
}
