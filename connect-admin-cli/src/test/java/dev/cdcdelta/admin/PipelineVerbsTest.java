package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineVerbsTest {
    private FakeConnect connect;

    @BeforeEach
    void start() throws IOException {
        connect = new FakeConnect();
        CliRun created = CliRun.of(
                "pipeline",
                "create",
                "--connect",
                connect.url(),
                "--mongodb-uri",
                "mongodb://h/",
                "--warehouse",
                "file:///lake",
                "--database",
                "testdb",
                "--collection",
                "users");
        assertThat(created.exitCode()).isZero();
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    @Test
    void listShowsPipelinesAndLeavesOtherConnectorsOut() {
        connect.answer("GET /none", 404, "");
        CliRun run = CliRun.of("pipeline", "list", "--connect", connect.url());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                pipeline      source   sink     reconciliation  tasks  collections    warehouse
                testdb-users  RUNNING  RUNNING  none            2/2    testdb\\.users  file:///lake
                """);
    }

    @Test
    void statusShowsTheFirstTraceLineOfAFailedTaskAndFails() throws IOException {
        connect.status("testdb-users-sink", FakeConnect.recorded("failed-task.json"));

        CliRun run = CliRun.of("pipeline", "status", "testdb-users", "--connect", connect.url(), "-o", "json");

        assertThat(run.exitCode()).isEqualTo(1);
        Golden.verify(Golden.file("pipeline-status-failed.json"), run.out());
    }

    @Test
    void statusOfAHalfPipelineTellsWhatIsMissing() {
        CliRun deleted = CliRun.of("pipeline", "status", "testdb-users", "--connect", connect.url());
        assertThat(deleted.exitCode()).isZero();
        connect.answer("DELETE /connectors/testdb-users-sink", 500, "{\"error_code\":500,\"message\":\"no\"}");

        assertThat(CliRun.of("pipeline", "delete", "testdb-users", "--connect", connect.url())
                        .exitCode())
                .isEqualTo(4);

        CliRun half = CliRun.of("pipeline", "status", "testdb-users", "--connect", connect.url());
        assertThat(half.exitCode()).isEqualTo(1);
        assertThat(half.out()).containsPattern("testdb-users-source +null +missing");
    }

    @Test
    void deleteRemovesBothConnectorsAndIsNotFoundAfterwards() {
        CliRun run = CliRun.of("pipeline", "delete", "testdb-users", "--connect", connect.url(), "-o", "csv");
        CliRun again = CliRun.of("pipeline", "delete", "testdb-users", "--connect", connect.url());

        assertThat(run.out()).isEqualTo("""
                connector,result
                testdb-users-source,deleted
                testdb-users-sink,deleted
                """);
        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.err()).contains("no pipeline 'testdb-users'");
    }

    @Test
    void lagWithoutKafkaIsAUsageErrorThatSaysWhatToGive() {
        CliRun run = CliRun.of("pipeline", "lag", "testdb-users", "--connect", connect.url());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--bootstrap-servers");
    }

    @Test
    void healthOfARunningClusterIsFine() throws IOException {
        CliRun run = CliRun.of("health", "--connect", connect.url());

        assertThat(run.exitCode()).isZero();
        Golden.verify(Golden.file("health.txt"), run.out().replace(connect.url(), "http://localhost:8083"));
    }

    @Test
    void healthFailsWhereAPluginIsMissingOrATaskFailed() throws IOException {
        connect.answer("GET /connector-plugins", 200, "[]");
        connect.status("testdb-users-sink", FakeConnect.recorded("failed-task.json"));

        CliRun run = CliRun.of("health", "--connect", connect.url());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("not in the workers' plugin.path")
                .containsPattern("connector testdb-users-sink +failed +RUNNING, 0 of 1 tasks running: org");
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() {
        String url = connect.url();
        connect.close();

        CliRun run = CliRun.of("health", "--connect", url);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("problem: Kafka Connect at " + url + " does not answer.");
    }

    @Test
    void aServerThatIsNotConnectIsToldApart() {
        connect.answer("GET /", 200, "<html>Welcome</html>");

        CliRun run = CliRun.of("health", "--connect", connect.url());

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("is not Kafka Connect");
    }

    @Test
    void missingRightsNameTheToken() {
        connect.answer("GET /", 401, "User cannot access the resource.");

        CliRun run = CliRun.of("health", "--connect", connect.url());

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("User cannot access the resource.").contains("CONNECT_TOKEN");
    }

    @Test
    void unknownOptionIsAUsageError() {
        CliRun run = CliRun.of("pipeline", "list", "--colour");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("problem: Unknown option: '--colour'")
                .contains("remedy:  See 'connect-admin-cli pipeline list --help'");
    }

    @Test
    void groupWithoutAVerbNamesTheVerbs() {
        CliRun run = CliRun.of("pipeline");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("create, list, status, lag, logs, pause, resume, stop, restart, delete");
    }
}
