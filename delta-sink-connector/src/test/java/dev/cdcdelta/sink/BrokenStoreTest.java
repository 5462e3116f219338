package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.storage.BrokenWire;
import dev.cdcdelta.sink.table.storage.BrokenWire.Break;
import dev.cdcdelta.sink.table.storage.InProcessS3;
import dev.cdcdelta.sink.table.storage.InProcessS3.Fault;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A task over an object store behind a network that breaks: after each break the same task, or the next, ends with each record once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenStoreTest {
    @TempDir
    Path directory;

    private InProcessS3 server;
    private BrokenWire wire;
    private SinkRig rig;
    private FakeRuntime task;
    private int number;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
        wire = new BrokenWire(server.options());
    }

    @AfterAll
    void stop() throws Exception {
        wire.close();
        server.close();
    }

    /** A table with two rows, and changes of one of them that wait to be read. */
    @BeforeEach
    void prepare() {
        wire.mend();
        server.listTruly();
        Map<String, String> options = new HashMap<>(wire.options(server.options()));
        options.put("fs.s3a.attempts.maximum", "1");
        options.put("fs.s3a.retry.limit", "0");
        rig = new SinkRig(
                directory.resolve("state" + number), "s3a://lake/warehouse" + number++, options, server.options());
        task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        task.sink();
        rig.source.upsert("a", "\"n\":2", 3).upsert("c", "\"n\":1", 4);
    }

    private void expectEachRecordOnce() {
        rig.table.hasRows("a: n=2", "b: n=1", "c: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 4L);
        rig.source.upsert("a", "\"n\":3", 5).delete("b", 6);
        task.sink();
        rig.table.hasRows("a: n=3", "c: n=1");
        rig.source.upsert("c", "\"n\":2", 7);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=3", "c: n=2");
    }

    private static Predicate<String> upload(String ending) {
        return request -> request.startsWith("PUT ") && request.endsWith(ending);
    }

    @ParameterizedTest
    @CsvSource({".parquet,1", ".parquet,3", ".bin,1", ".bin,3", ".json,1", ".json,3"})
    void aTaskWhoseUploadsAreResetGoesOnByItself(String ending, int times) {
        wire.breakNext(times, upload(ending), new Break.ResetUpload(20));
        for (int i = 0; i < 6 && wire.breaks() < times; i++) {
            task.sink();
        }
        task.sink();
        assertThat(wire.breaks()).isEqualTo(times);
        expectEachRecordOnce();
    }

    @ParameterizedTest
    @CsvSource({".parquet", ".bin", ".json"})
    void aTaskThatHearsNoAnswersGoesOnByItself(String ending) {
        wire.breakNext(1, upload(ending), new Break.ResetAnswer());
        task.sink();
        task.sink();
        assertThat(wire.breaks()).isEqualTo(1);
        expectEachRecordOnce();
    }

    @ParameterizedTest
    @CsvSource({".parquet", ".bin", ".json"})
    void theSuccessorOfATaskThatDiedOfTheNetworkWritesWhatIsMissing(String ending) {
        wire.breakNext(BrokenWire.ALWAYS, upload(ending), new Break.ResetUpload(20));
        task.sink();
        assertThat(wire.breaks()).isPositive();
        rig.table.hasRows("a: n=1", "b: n=1");
        wire.mend();
        task = rig.task(P0);
        task.sink();
        expectEachRecordOnce();
    }

    @Test
    void aTaskThatStartsWhileTheStoreIsBusyWaitsForIt() {
        int busy = 12;
        server.failNextPuts(Collections.nCopies(busy, InProcessS3.Fault.BUSY).toArray(InProcessS3.Fault[]::new));
        int before = server.requests.size();
        task = rig.task(P0);
        rig.table.hasRows("a: n=1", "b: n=1");
        for (int i = 0; i < busy; i++) {
            task.sink();
        }
        assertThat(server.requests.subList(before, server.requests.size()).stream()
                        .filter(request -> request.startsWith("PUT"))
                        .count())
                .isGreaterThan(busy);
        expectEachRecordOnce();
    }

    @Test
    void theSuccessorOfATaskWhoseAnswerWasLostWritesNothingAgain() {
        wire.breakNext(1, upload(".json"), new Break.ResetAnswer());
        wire.breakNext(
                1, request -> request.startsWith("GET ") && request.endsWith("2.json"), new Break.CutAnswer(183));
        task.sink();
        assertThat(wire.breaks()).isEqualTo(2);
        long version = rig.table.snapshot().version();
        task = rig.task(P0);
        task.sink();
        rig.table.hasVersion(version);
        expectEachRecordOnce();
    }

    @Test
    void aTaskThatStartsFromAListingThatIsBehindWritesNothingAgain() {
        task.sink();
        long version = rig.table.snapshot().version();
        server.unlist(key -> key.contains(String.format("/_delta_log/%020d.", version)));
        assertThat(rig.table.snapshot().version()).as("the listing is behind").isEqualTo(version - 1);
        FakeRuntime successor = rig.task(P0);
        successor.sink();
        successor.sink();
        server.listTruly();
        rig.table.hasRows("a: n=2", "b: n=1", "c: n=1").hasVersion(version);
        task = successor;
        expectEachRecordOnce();
    }

    @Test
    void aRightThatIsTakenAwayInMidRunStopsTheTaskWithTheRemedyAndMovesNoOffset() {
        server.failNextPuts(Collections.nCopies(9, Fault.DENIED).toArray(new Fault[0]));
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(rig.table.location())
                .hasMessageContaining("hadoop.*")
                .hasMessageContaining("restart the task");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
        server.failNextPuts();
        task = rig.task(P0);
        task.sink();
        expectEachRecordOnce();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BUSY", "LOST_ACKNOWLEDGEMENT"})
    void aBurstOfRefusalsIsSurvived(Fault fault) {
        server.failNextPuts(fault, fault, fault, fault);
        for (int i = 0; i < 4; i++) {
            task.sink();
        }
        server.failNextPuts();
        task.sink();
        expectEachRecordOnce();
    }

    @Test
    void aConflictOfRequestsForItsCommitIsSurvived() {
        server.failNextPuts(Fault.NONE, Fault.NONE, Fault.CONFLICT, Fault.CONFLICT);
        task.sink();
        expectEachRecordOnce();
    }

    /** What a new task reads of the table's files before it can write. */
    @ParameterizedTest
    @CsvSource({".parquet", ".bin"})
    void aTaskThatCannotReadTheTablesFilesForAWhileGoesOnByItself(String ending) {
        task.sink();
        rig.source.upsert("a", "\"n\":2", 5);
        task = rig.with("state.dir", directory.resolve("anew" + number + ending).toString())
                .task(P0);
        wire.breakNext(
                BrokenWire.ALWAYS,
                request -> request.startsWith("GET ") && request.endsWith(ending),
                new Break.CutAnswer(100));
        task.sink();
        assertThat(wire.breaks()).isPositive();
        wire.mend();
        task.sink();
        task.sink();
        rig.table.hasRows("a: n=2", "b: n=1", "c: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 5L);
    }

    @Test
    void aBucketThatGoesAwayStopsTheTaskWithTheTablesNameAndMovesNoOffset() {
        server.createBucket("doomed");
        SinkRig doomed =
                new SinkRig(directory.resolve("doomed"), "s3a://doomed/warehouse", server.options(), server.options());
        FakeRuntime lost = doomed.task(P0);
        doomed.source.upsert("a", "\"n\":1", 1);
        lost.sink();
        server.removeBucket("doomed");
        doomed.source.upsert("a", "\"n\":2", 2);
        assertThatThrownBy(lost::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("s3a://doomed/warehouse/shop/orders")
                .hasMessageContaining("restart the task");
        assertThat(doomed.topics.groupOffsets).containsEntry(P0, 1L);
        assertThatThrownBy(() -> doomed.task(P0)).hasMessageContaining("bucket does not exist");

        server.createBucket("doomed");
        doomed.task(P0).sink();
        doomed.table.hasRows("a: n=2");
    }
}
