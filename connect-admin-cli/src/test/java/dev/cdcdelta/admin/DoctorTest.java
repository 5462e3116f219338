package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as a whole, where Connect is all that answers. No output holds a secret that was planted. */
class DoctorTest {
    private static final List<String> CANARIES = List.of("canary-in-clear", "canary-in-an-address");

    @TempDir
    Path directory;

    private final List<String> where = new ArrayList<>();
    private final FakeConnect connect = fake();

    private static FakeConnect fake() {
        try {
            return new FakeConnect();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void pipeline() {
        where.addAll(List.of("--connect", connect.url(), "--warehouse", "file://" + directory));
        CliRun created = cli(
                "pipeline",
                "create",
                "--mongodb-uri",
                "mongodb://h/",
                "--database",
                "testdb",
                "--collection",
                "users",
                "--set",
                "sink.my.password=canary-in-clear");
        assertThat(created.err()).isEmpty();
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private CliRun cli(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(where);
        CliRun run = CliRun.of(all.toArray(String[]::new));
        CANARIES.forEach(canary -> assertThat(run.toString()).doesNotContain(canary));
        return run;
    }

    @Test
    void whatIsNotKnownIsSkippedAndSaysWhy() {
        CliRun run = cli("doctor", "-o", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("mongodb,replica set,skipped,Nobody has said where it is.,\"\",\"Give --mongodb-uri")
                .contains("connect,connect,ok,")
                .contains("storage,storage,ok,")
                .contains("testdb-users,connector testdb-users-source,ok,1 tasks run.")
                .contains("testdb-users,converters,ok,")
                .contains("testdb-users,capture,ok,")
                .contains("testdb-users,isolation,ok,")
                .contains("testdb-users,kafka,skipped,");
    }

    @Test
    void peopleGetWholeSentencesOnWhatToDo() throws IOException {
        connect.status("testdb-users-sink", FakeConnect.recorded("failed-task.json"));

        CliRun run = cli("doctor", "testdb-users");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("connector testdb-users-sink (failed)\n", "remedy:   Mend the cause, then POST");
    }

    @Test
    void aMongoDbThatDoesNotAnswerFailsOnceAndSkipsWhatDependsOnIt() {
        CliRun run = cli(
                "doctor",
                "-o",
                "csv",
                "--mongodb-uri",
                "mongodb://u:canary-in-an-address@127.0.0.1:1/?serverSelectionTimeoutMS=100");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("mongodb,replica set,failed,MongoDB does not answer.")
                .contains("mongodb,clock of mongodb,skipped,")
                .contains("testdb-users,oplog window,skipped,")
                .containsOnlyOnce("MongoDB does not answer.");
    }

    @Test
    void aConnectThatDoesNotAnswerIsTheFirstThingToMend() {
        connect.close();
        where.set(1, "http://127.0.0.1:1");

        CliRun run = cli("doctor", "-o", "csv");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("connect,connect,failed,").contains("connect,plugins,skipped,");
    }

    @Test
    void anUnknownPipelineIsNoneToExamine() {
        assertThat(cli("doctor", "none").exitCode()).isEqualTo(5);
    }
}
