package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.DeltaTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches are filled while others are on their way into their tables. */
class PipelineTest {
    private static final TopicPartition USERS = new TopicPartition("mongo.shop.users", 0);

    @TempDir
    Path directory;

    SinkRig rig;
    final DirectThreads threads = new DirectThreads().hold();

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory).on(() -> threads);
    }

    @Test
    void theNextBatchIsFilledWhileTheLastIsFlushed() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        rig.source.upsert("a", "\"n\":2", 2).upsert("b", "\"n\":2", 3);
        flushLater(task);
        assertThat(threads.waiting()).isEqualTo(1);
        rig.table.isAbsent();
        threads.runOne();
        rig.table.hasRows("a: n=1");
        flushLater(task);
        threads.letGo();
        task.pollAll();
        rig.table.hasRows("a: n=2", "b: n=2");
        assertThat(task.counters().commits()).isEqualTo(2);
        assertThat(task.counters().rows()).isEqualTo(3);
    }

    @Test
    void aRunningFlushIsLookedAfterSoon() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        assertThat(task.timeout).isBetween(1L, 100L);
        threads.letGo();
        task.pollAll();
        assertThat(task.timeout).isEqualTo(-1);
    }

    @Test
    void offsetsWaitForTheFlushAndFollowItAtOnce() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        rig.source.upsert("b", "\"n\":1", 2);
        task.pollAll();
        task.commitOffsets();
        assertThat(rig.topics.groupOffsets).isEmpty();
        threads.letGo();
        task.pollAll();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 1L);
    }

    @Test
    void oneTableDoesNotWaitForAnother() {
        FakeRuntime task = rig.task(P0, USERS);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        rig.source(USERS).upsert("u", "\"n\":1", 1);
        flushLater(task);
        assertThat(threads.waiting()).isEqualTo(2);
        threads.letGo();
        task.pollAll();
        rig.table.hasRows("a: n=1");
        new TableContent("file://" + directory + "/shop/users").hasRows("u: n=1");
    }

    @Test
    void columnsOfTheBatchInFlightAreThoseOfTheNext() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1,\"s\":\"x\"", 1);
        flushLater(task);
        rig.source.upsert("b", "\"n\":2.5", 2);
        task.pollAll();
        threads.letGo();
        task.sink();
        rig.table.hasRows("a: n=1.0 s=x", "b: n=2.5");
    }

    @Test
    void aSpentBudgetPausesTheTableThatSpentItUntilThereIsRoom() {
        FakeRuntime task = rig.with("buffer.max.bytes", "1048576").task(P0, USERS);
        String text = "\"s\":\"" + "x".repeat(200_000) + "\"";
        rig.source(USERS).upsert("u", "\"n\":1", 1);
        for (int i = 0; i < 8; i++) {
            rig.source.upsert("k" + i, text, i + 1);
        }
        while (task.paused().isEmpty()) {
            task.poll(1);
        }
        assertThat(task.paused()).containsExactly(P0);
        assertThat(threads.waiting()).isEqualTo(1);
        rig.source(USERS).upsert("u", "\"n\":2", 2);
        task.poll(10);
        assertThat(task.counters().commits()).isZero();

        threads.letGo();
        task.pollAll();
        assertThat(task.paused()).isEmpty();
        assertThat(task.counters().pauses()).isEqualTo(1);
        task.sink();
        assertThat(rig.table.rows(false)).hasSize(8);
    }

    @Test
    void aBatchThatIsLeftToItselfCountsUntilItsFlushIsOver() {
        FakeRuntime task =
                rig.with("buffer.max.bytes", "1048576").patient(Duration.ZERO).task(P0, P1);
        for (int i = 0; i < 4; i++) {
            rig.source.upsert("k" + i, "\"s\":\"" + "x".repeat(250_000) + "\"", i + 1);
        }
        flushLater(task);
        task.revoke(P1);
        rig.source.upsert("a", "\"n\":1", 9);
        task.pollAll();
        assertThat(task.paused()).contains(P0);
        assertThat(task.timeout).isBetween(1L, 100L);
        threads.letGo();
        task.pollAll();
        task.sink();
        assertThat(task.paused()).isEmpty();
        assertThat(rig.table.rows(false)).hasSize(5);
    }

    @Test
    void aFlushThatIsGivenUpTakesTheNextBatchWithIt() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        rig.source.upsert("a", "\"n\":2", 2).upsert("b", "\"n\":2", 3);
        task.pollAll();
        rig.on(DirectThreads::new);
        rig.source.upsert("c", "\"n\":3", 4);
        FakeRuntime other = rig.task(P0);
        other.poll(2);
        rig.clock.advance(Duration.ofMinutes(1));
        other.poll(0);
        rig.table.hasRows("a: n=2");
        threads.letGo();
        task.sink();
        rig.table.hasRows("a: n=2", "b: n=2", "c: n=3");
        assertThat(task.counters().rewinds()).isEqualTo(1);
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 4L);
    }

    @Test
    void aFailureOfAFlushSurfacesInTheNextPoll() {
        FakeRuntime task = rig.task(
                (table, commit) -> {
                    throw new IllegalStateException("crash");
                },
                P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        threads.letGo();
        assertThatThrownBy(task::pollAll).hasMessage("crash");
        rig.source.upsert("b", "\"n\":1", 2);
        task.stop();
        rig.table.isAbsentOrEmpty();
    }

    @Test
    void aCommitWaitsForTheReportsThatItCovers() {
        CompletableFuture<Void> report = new CompletableFuture<>();
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> report;
        task.start(P0);
        rig.source.upsert("a", "\"n\":1", 1).garbage("b").upsert("c", "\"n\":1", 2);
        flushLater(task);
        report.completeExceptionally(new IllegalStateException("no broker"));
        threads.letGo();
        assertThatThrownBy(task::pollAll)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("could not be reported");
        rig.table.isAbsent();
        assertThat(rig.topics.groupOffsets).isEmpty();
    }

    @Test
    void noOffsetPassesAReportThatIsUnderWayThoughTheTableIsBeyond() {
        CompletableFuture<Void> report = new CompletableFuture<>();
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> report;
        task.start(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        rig.source.garbage("b");
        task.pollAll();
        threads.letGo();
        task.pollAll();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 1L);
        report.complete(null);
        task.sink();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
    }

    @Test
    void aPartitionThatIsGivenAwayTakesItsBatchToTheTable() {
        threads.letGo();
        FakeRuntime task = rig.task(P0, P1);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        rig.source(P1).upsert("b", "\"n\":1", 1);
        task.pollAll();
        rig.table.isAbsent();
        task.revoke(P1);
        rig.table.hasRows("a: n=1", "b: n=1");
        task.revoke(P0);
        task.stop();
    }

    @Test
    void aFlushThatTakesTooLongIsLeftBehindAndHarmsNobody() {
        FakeRuntime task = rig.patient(Duration.ZERO).task(P0, P1);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        rig.source(P1).upsert("b", "\"n\":1", 1);
        flushLater(task);
        task.revoke(P1);
        rig.on(DirectThreads::new).patient(Duration.ofSeconds(30));
        FakeRuntime other = rig.task(P1);
        rig.source(P1).upsert("b", "\"n\":2", 2);
        other.sink();
        threads.letGo();
        rig.table.hasRows("b: n=2");
        rig.source(P0).upsert("c", "\"n\":1", 2);
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=2", "c: n=1");
        other.stop();
        task.stop();
    }

    @Test
    void aZombieFlushThatWinsIsNotRepeatedByItsOwnTask() {
        FakeRuntime task = rig.patient(Duration.ZERO).task(P0, P1);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        rig.source(P1).upsert("b", "\"n\":1", 1);
        flushLater(task);
        task.revoke(P1);
        threads.letGo();
        rig.table.hasRows("a: n=1", "b: n=1");
        long version = rig.table.snapshot().version();
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=1").hasVersion(version);
        rig.source(P0).upsert("a", "\"n\":2", 2);
        task.sink();
        rig.table.hasRows("a: n=2", "b: n=1");
    }

    @Test
    void aZombieFlushThatComesLateTakesNothingFromItsSuccessor() {
        FakeRuntime task = rig.patient(Duration.ZERO).task(P0, P1);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        flushLater(task);
        threads.runOne();
        task.pollAll();
        task.revoke(P1);
        rig.source(P0).upsert("a", "\"n\":2", 2);
        flushLater(task);
        task.assign(P1);
        flushLater(task);
        assertThat(threads.waiting()).isEqualTo(2);
        threads.runLast();
        threads.letGo();
        rig.table.hasRows("a: n=2");
        rig.source(P0).upsert("a", "\"n\":3", 3);
        task.sink();
        rig.table.hasRows("a: n=3");
        assertThat(task.counters().rewinds()).isZero();
    }

    @Test
    void aTaskThatIsStoppedInMidCommitLeavesTheStorageToTheCommit() {
        FakeRuntime task = rig.patient(Duration.ZERO).task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        flushLater(task);
        task.stop();
        rig.on(DirectThreads::new).patient(Duration.ofSeconds(30));
        FakeRuntime successor = rig.task(P0);
        threads.letGo();
        rig.table.hasRows("a: n=1");
        rig.source.upsert("a", "\"n\":2", 2).upsert("b", "\"n\":2", 3);
        successor.sink();
        assertThat(successor.counters().rewinds()).isEqualTo(1);
        successor.sink();
        rig.table.hasRows("a: n=2", "b: n=2");
    }

    @Test
    void partitionsAreAddedWhileAFlushRuns() {
        FakeRuntime task = rig.patient(Duration.ZERO).task(P0);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        flushLater(task);
        rig.source(P1).upsert("b", "\"n\":1", 1);
        task.assign(P1);
        task.pollAll();
        threads.letGo();
        task.sink();
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 1L).containsEntry(P1, 1L);
    }

    @Test
    void aPartitionMayBeClosedAndOpenedInOneRebalance() {
        threads.letGo();
        FakeRuntime task = rig.task(P0, P1);
        for (int round = 1; round <= 3; round++) {
            rig.source(P0).upsert("a", "\"n\":" + round, round);
            rig.source(P1).upsert("b", "\"n\":" + round, round);
            task.pollAll();
            task.revoke(P0, P1);
            task.assign(P1, P0);
        }
        task.sink();
        rig.table.hasRows("a: n=3", "b: n=3");
    }

    @Test
    void whatCouldNotBeCommittedBeforeARebalanceIsReadAgain() {
        boolean[] broken = {true};
        FakeRuntime task = rig.task(
                (table, commit) -> {
                    if (broken[0]) {
                        throw StorageFailures.unavailable();
                    }
                    return table.commit(commit);
                },
                P0,
                P1);
        threads.letGo();
        rig.source(P0).upsert("a", "\"n\":1", 1);
        rig.source(P1).upsert("b", "\"n\":1", 1);
        task.pollAll();
        task.revoke(P1);
        broken[0] = false;
        FakeRuntime other = rig.on(DirectThreads::new).task(P1);
        other.sink();
        rig.table.hasRows("b: n=1");
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=1");
        assertThat(task.counters().retries()).isEqualTo(1);
    }

    @Test
    void realThreadsLeadToTheSameTable() {
        rig = new SinkRig(directory).on(() -> Executors.newFixedThreadPool(2));
        FakeRuntime task = rig.with("commit.max.rows", "3").task(DeltaTable::commit, P0, P1, USERS);
        for (int i = 1; i <= 20; i++) {
            rig.source(P0).upsert("a" + i % 5, "\"n\":" + i, i);
            rig.source(P1).upsert("b" + i % 5, "\"n\":" + i, i);
            rig.source(USERS).upsert("u", "\"n\":" + i, i);
            task.poll(1);
        }
        task.sink();
        task.stop();
        rig.table.hasRows(
                "a0: n=20",
                "a1: n=16",
                "a2: n=17",
                "a3: n=18",
                "a4: n=19",
                "b0: n=20",
                "b1: n=16",
                "b2: n=17",
                "b3: n=18",
                "b4: n=19");
        new TableContent("file://" + directory + "/shop/users").hasRows("u: n=20");
    }

    /** Reads all there is and lets the commit interval pass; the flush waits for a thread. */
    private void flushLater(FakeRuntime task) {
        task.pollAll();
        rig.clock.advance(Duration.ofMinutes(1));
        task.pollAll();
    }
}
