package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.stack.CliRuns.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged CLI, a process of its own for each command, against a real worker. No output holds one of the planted secrets. */
class AdminCliIT {
    /** In clear in a configuration, in an address, in a file that a connector refers to, in the file of a context's secret. */
    private static final List<String> CANARIES =
            List.of("canary-in-clear", "canary-in-an-address", "canary-in-a-file", "canary-of-a-context");

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static Path home;

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.start(StackOptions.in(directory.resolve("stack"))
                .withStorage(new StackOptions.Storage.Files(directory.resolve("lake"))));
        home = Files.createDirectories(directory.resolve("home"));
        Files.writeString(directory.resolve("stack/canary.properties"), "number=" + CANARIES.get(2) + "\n");
        Files.writeString(home.resolve("password"), CANARIES.get(3) + "\n");
        assertThat(cli(
                                "context",
                                "add",
                                "local",
                                "connectUrl=" + stack.description().connectUrl())
                        .exitCode())
                .isZero();
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    private static Run cli(String... arguments) throws IOException {
        return cli(Map.of(), arguments);
    }

    private static Run cli(Map<String, String> environment, String... arguments) throws IOException {
        return new CliRuns(home, directory, CANARIES).run(environment, arguments);
    }

    /** With the context of the stack, which says where everything else is. */
    private static Run inStack(String... arguments) throws IOException {
        return cli(
                Map.of(
                        "CONNECT_ADMIN_CONTEXT",
                        directory.resolve("stack/stack.json").toString()),
                arguments);
    }

    private static Path manifest(String name, String more) throws IOException {
        Path files = Files.createDirectories(directory.resolve(name));
        Files.writeString(
                files.resolve(name + ".yaml"), """
                name: %1$s
                connector.class: dev.cdcdelta.sink.DeltaSinkConnector
                tasks.max: 1
                topics: %1$s.db.none
                warehouse: file://%2$s
                table.name: ${database}/${collection}
                consumer.override.isolation.level: read_committed
                transforms: typed
                transforms.typed.type: dev.cdcdelta.smt.SchemaEvolution$Value
                my.password: canary-in-clear
                my.address: mongodb://root:canary-in-an-address@h/
                my.secret: ${file:%3$s/stack/canary.properties:number}
                %4$s
                """.formatted(name, directory.resolve("lake"), directory, more));
        return files;
    }

    @Test
    void healthPluginsAndLoggersOfARealWorker() throws IOException {
        Run health = cli("health", "-o", "json");
        assertThat(health.exitCode()).as(health.out() + health.err()).isZero();
        assertThat(health.json().get(0).get("check").asText()).isEqualTo("connect");

        assertThat(cli("plugins", "list", "--type", "sink", "-o", "csv").out())
                .contains("dev.cdcdelta.sink.DeltaSinkConnector,sink,");
        assertThat(cli("plugins", "show", "DeltaSinkConnector", "-o", "csv").out())
                .contains("warehouse,string,true,");
        assertThat(cli("loggers", "set", "dev.cdcdelta", "debug").exitCode()).isZero();
        assertThat(cli("loggers", "get", "dev.cdcdelta", "-o", "csv").out()).contains("dev.cdcdelta,DEBUG,");
    }

    @Test
    void pipelineFromItsCreationToItsEnd() throws IOException {
        Run created = inStack("pipeline", "create", "--database", "testdb", "--collection", "users", "--dlq");
        assertThat(created.exitCode()).as(created.err()).isZero();
        Run again =
                inStack("pipeline", "create", "--database", "testdb", "--collection", "users", "--dlq", "-o", "csv");
        assertThat(again.out()).contains("testdb-users-source,unchanged,").contains("testdb-users-sink,unchanged,");

        Run status = inStack("pipeline", "status", "testdb-users", "-o", "json");
        assertThat(status.exitCode()).as(status.out()).isZero();
        assertThat(status.json().at("/progress/lagEvents").asLong(-1)).isZero();
        assertThat(status.json().at("/progress/deadLetters").asLong(-1)).isZero();

        for (String verb : List.of("pause", "resume", "stop", "resume")) {
            Run run = inStack("pipeline", verb, "testdb-users", "--wait");
            assertThat(run.exitCode()).as(verb + run.err()).isZero();
        }
        assertThat(inStack("pipeline", "restart", "testdb-users", "--wait").exitCode())
                .isZero();
        assertThat(inStack("pipeline", "logs", "testdb-users").out()).contains("[testdb-users-sink|task-0]");
        assertThat(cli("names", "pipelines").out()).isEqualTo("testdb-users\n");
        assertThat(inStack("pipeline", "delete", "testdb-users").exitCode()).isZero();
        assertThat(inStack("pipeline", "status", "testdb-users").exitCode()).isEqualTo(5);
    }

    @Test
    void appliedFilesAreComparedAndPruned() throws IOException {
        Path files = manifest("applied", "");
        Run first = cli("apply", "-f", files.toString(), "--owner", "first", "--wait");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo("connector  action   changes\napplied    created  []\n");
        assertThat(cli("apply", "-f", files.toString(), "--owner", "first", "-o", "csv")
                        .out())
                .isEqualTo("connector,action,changes\napplied,unchanged,[]\n");

        Path changed = manifest("applied", "commit.interval.ms: 700");
        Run diff = cli("diff", "-f", changed.toString(), "--owner", "first", "-o", "csv");
        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.out())
                .isEqualTo("connector,action,key,before,after\napplied,updated,commit.interval.ms,(absent),700\n");
        assertThat(cli("apply", "-f", changed.toString(), "--owner", "first", "--wait")
                        .exitCode())
                .isZero();

        Path other = manifest("other", "");
        assertThat(cli("apply", "-f", other.toString(), "--owner", "first", "--prune", "-o", "csv")
                        .out())
                .contains("other,created,[]", "applied,deleted,[]");
        assertThat(cli("connector", "config", "applied").exitCode()).isEqualTo(5);
        assertThat(cli("connector", "delete", "other").exitCode()).isZero();
    }

    @Test
    void everyFormOfAnAnswerIsAsExpected() throws IOException {
        Path files = manifest("shown", "");
        assertThat(cli("connector", "create", "-f", files.toString(), "--wait").exitCode())
                .isZero();
        try {
            assertThat(cli("connector", "create", "-f", files.toString()).exitCode())
                    .isEqualTo(4);
            assertThat(shown("table"))
                    .contains("shown")
                    .containsPattern("shown +sink +RUNNING +1/1 +dev.cdcdelta.sink.DeltaSinkConnector");
            assertThat(shown("csv")).contains("shown,sink,RUNNING,1/1,dev.cdcdelta.sink.DeltaSinkConnector\n");
            assertThat(shown("json"))
                    .contains("{\"connector\":\"shown\",\"type\":\"sink\",\"state\":\"RUNNING\",\"tasks\":\"1/1\","
                            + "\"class\":\"dev.cdcdelta.sink.DeltaSinkConnector\"}");
            assertThat(shown("yaml")).contains("""
                    - connector: "shown"
                      type: "sink"
                      state: "RUNNING"
                      tasks: "1/1"
                      class: "dev.cdcdelta.sink.DeltaSinkConnector"
                    """);
            assertThat(cli("connector", "show", "shown").out()).contains("mongodb://***@h/", "my.password:");
            assertThat(cli("connector", "update", "shown", "--set", "commit.interval.ms=800", "--wait")
                            .exitCode())
                    .isZero();
            assertThat(cli("connector", "status", "shown").exitCode()).isZero();
            assertThat(cli("topics", "list", "shown").exitCode()).isZero();
        } finally {
            cli("connector", "delete", "shown");
        }
    }

    private static String shown(String format) throws IOException {
        Run run = cli("connector", "list", "-o", format);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void everyRefusedKeyIsToldWithoutItsSecret() throws IOException {
        Path files = manifest(
                "refused", "commit.interval.ms: ${file:%s/stack/canary.properties:number}".formatted(directory));
        Run validated = cli("validate", "-f", files.toString(), "-o", "csv");
        Run applied = cli("apply", "-f", files.toString());

        assertThat(validated.exitCode()).isEqualTo(1);
        assertThat(validated.out())
                .contains("refused,commit.interval.ms,")
                .contains("Invalid value *** for configuration");
        assertThat(applied.exitCode()).isEqualTo(4);
        assertThat(cli("connector", "config", "refused").exitCode()).isEqualTo(5);
    }

    @Test
    void secretOfAContextIsFetchedAndNeverShown() throws IOException {
        assertThat(cli(
                                "context",
                                "add",
                                "named",
                                "connectUrl=" + stack.description().connectUrl(),
                                "user=ann",
                                "password=file:" + home.resolve("password"))
                        .exitCode())
                .isZero();

        assertThat(cli("health", "--context", "named").exitCode()).isZero();
        assertThat(cli("context", "show", "named", "-o", "yaml").out()).contains("password: \"file:" + home);
        assertThat(cli("health", "--context", "none").exitCode()).isEqualTo(5);
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() throws IOException {
        Run run = cli("connector", "list", "--connect", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("problem: Kafka Connect at http://127.0.0.1:1 does not answer.");
    }
}
