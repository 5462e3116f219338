package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.table.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task does beside its flushes: compaction, tables that it leaves and opens again, and very many tables. */
class UpkeepTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory).with("compaction.interval.ms", "1000");
    }

    @Test
    void anIdleTableIsCompacted() {
        FakeRuntime task = rig.task(P0);
        eightFlushes(task);
        for (int i = 0; i < 3; i++) {
            task.sink();
        }
        assertThat(rig.table.snapshot().files()).hasSize(1);
        rig.source.upsert("k1", "\"n\":9", 100);
        task.sink();
        assertThat(rig.table.rows(false)).hasSize(8).contains("k1: n=9");
    }

    @Test
    void filesThatAreReadyComeIntoTheTableBeforeTheNextFlush() {
        DirectThreads upkeep = new DirectThreads().hold();
        FakeRuntime task = rig.keptUpOn(() -> upkeep).task(P0);
        eightFlushes(task);
        task.sink();
        task.sink();
        assertThat(upkeep.waiting()).isEqualTo(1);
        upkeep.letGo();
        long version = rig.table.snapshot().version();
        rig.source.upsert("k1", "\"n\":9", 100);
        task.sink();
        rig.table.hasVersion(version + 2);
        assertThat(rig.table.rows(false)).hasSize(8).contains("k1: n=9");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 9L);
    }

    @Test
    void aCompactionDoesNotWaitForAVacuum() {
        DirectThreads vacuum = new DirectThreads().hold();
        FakeRuntime task = rig.with("vacuum.enabled", "true")
                .keptUpOn(role -> role.equals("vacuum") ? vacuum : new DirectThreads())
                .task(P0);
        rig.source.upsert("k0", "\"n\":0", 1);
        task.sink();
        rig.clock.advance(Duration.ofMinutes(11));
        task.sink();
        assertThat(vacuum.waiting()).isEqualTo(1);
        eightFlushes(task);
        task.sink();
        task.sink();
        assertThat(rig.table.snapshot().files()).hasSize(1);
        assertThat(vacuum.waiting()).isEqualTo(1);
    }

    @Test
    void aCompactionThatFailsOrIsNeverAnsweredDisturbsNoFlush() {
        List<String> failures = new ArrayList<>();
        Committer failing = (table, commit) -> {
            if (commit.dataChange()) {
                return table.commit(commit);
            }
            if (failures.size() % 2 == 1) {
                table.commit(commit);
            }
            failures.add("failed");
            throw StorageFailures.unavailable();
        };
        FakeRuntime task = rig.task(failing, P0);
        eightFlushes(task);
        for (int i = 0; i < 6; i++) {
            rig.source.upsert("k" + i, "\"n\":" + (20 + i), 100 + i);
            task.sink();
            task.sink();
        }
        assertThat(failures).hasSizeGreaterThanOrEqualTo(2);
        rig.table.hasRows("k0: n=20", "k1: n=21", "k2: n=22", "k3: n=23", "k4: n=24", "k5: n=25", "k6: n=6", "k7: n=7");
        assertThat(task.counters().rewinds()).isZero();
        assertThat(task.counters().retries()).isZero();
    }

    @Test
    void filesOfATableThatIsGivenAwayAreNotPutIntoIt() throws IOException {
        FakeRuntime task = rig.task(P0);
        eightFlushes(task);
        task.sink();
        long version = rig.table.snapshot().version();
        task.revoke(P0);
        rig.table.hasVersion(version);
        try (var files = Files.list(directory.resolve("shop/orders"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(8);
        }
    }

    private void eightFlushes(FakeRuntime task) {
        for (int i = 0; i < 8; i++) {
            rig.source.upsert("k" + i, "\"n\":" + i, i + 1);
            task.pollAll();
            task.revoke(P0);
            task.assign(P0);
        }
        assertThat(rig.table.snapshot().files()).hasSize(8);
    }

    @Test
    void aTableThatCannotBeOpenedIsTriedAgainAndLosesNothing() throws IOException {
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        rig.source.upsert("b", "\"n\":1", 2);
        rig.topics.groupOffsets.clear();
        Outage outage = new Outage(directory.resolve("shop/orders/_delta_log"));
        outage.begin();
        FakeRuntime task = rig.task(P0);
        assertThat(task.paused()).containsExactly(P0);
        assertThat(task.timeout).isPositive();
        task.sink();
        assertThat(rig.topics.groupOffsets).isEmpty();
        outage.end();
        task.sink();
        task.sink();
        assertThat(task.paused()).isEmpty();
        rig.table.hasRows("a: n=1", "b: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
    }

    @Test
    void aTableThatCannotBeOpenedForLongStopsTheTask() throws IOException {
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        new Outage(directory.resolve("shop/orders/_delta_log")).begin();
        FakeRuntime task = rig.with("commit.retry.timeout.ms", "150000").task(P0);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        task.sink();
                    }
                })
                .isInstanceOf(StorageException.class);
    }

    @Test
    void aTableOfAFieldThatCannotBeOpenedIsWaitedForAndGetsEachRecordOnce() throws IOException {
        rig.with("table.name", "t/${field}").with("table.name.field", "k").with("write.mode", "append");
        rig.source.upsert("a", "\"k\":\"x\",\"n\":1", 1);
        rig.task(P0).sink();
        FakeRuntime task = rig.task(P0);
        Outage outage = new Outage(directory.resolve("t/x/_delta_log"));
        outage.begin();
        rig.source
                .upsert("b", "\"k\":\"y\",\"n\":1", 2)
                .upsert("a", "\"k\":\"x\",\"n\":2", 3)
                .upsert("b", "\"k\":\"y\",\"n\":2", 4);
        task.pollAll();
        assertThat(task.paused()).containsExactly(P0);
        assertThat(task.timeout).isBetween(1L, 1_000L);
        task.sink();
        assertThat(task.paused()).containsExactly(P0);
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
        outage.end();
        task.sink();
        task.sink();
        assertThat(task.paused()).isEmpty();
        assertThat(new TableContent("file://" + directory + "/t/x").rows(true)).hasSize(2);
        assertThat(new TableContent("file://" + directory + "/t/y").rows(true)).hasSize(2);
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 4L);
    }

    @Test
    void aTableOfAFieldThatCannotBeOpenedForLongStopsTheTask() throws IOException {
        rig.with("table.name", "t/${field}").with("table.name.field", "k");
        rig.source.upsert("a", "\"k\":\"x\"", 1);
        rig.task(P0).sink();
        new Outage(directory.resolve("t/x/_delta_log")).begin();
        FakeRuntime task = rig.with("commit.retry.timeout.ms", "150000").task(P0);
        rig.source.upsert("a", "\"k\":\"x\"", 2);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        task.sink();
                    }
                })
                .isInstanceOf(StorageException.class);
    }

    @Test
    void whereATableStandsAfterAnAbandonedFlushIsAskedForUntilTheStorageTells() throws IOException {
        rig.with("append.table.name", "events/${collection}");
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0, P1).sink();
        DirectThreads threads = new DirectThreads();
        FakeRuntime task = rig.patient(Duration.ZERO).on(() -> threads).task(P0, P1);
        threads.hold();
        rig.source.upsert("a", "\"n\":2", 2);
        task.sink();
        Outage outage = new Outage(directory.resolve("shop/orders/_delta_log"));
        outage.begin();
        task.revoke(P1);
        rig.source.upsert("b", "\"n\":1", 3);
        task.pollAll();
        assertThat(task.paused()).containsExactly(P0);
        assertThat(task.timeout).isBetween(1L, 1_000L);
        threads.letGo();
        outage.end();
        task.sink();
        task.sink();
        assertThat(task.paused()).isEmpty();
        rig.table.hasRows("a: n=2", "b: n=1");
        assertThat(new TableContent("file://" + directory + "/events/orders").rows(false))
                .containsExactlyInAnyOrder("a: n=1", "a: n=2", "b: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 3L);
    }

    /** A log that cannot be read: what should be a directory is none. */
    private record Outage(Path log) {
        void begin() throws IOException {
            Files.move(log, log.resolveSibling("away"));
            Files.writeString(log, "");
        }

        void end() throws IOException {
            Files.delete(log);
            Files.move(log.resolveSibling("away"), log);
        }
    }

    @Test
    void aTableOfAFieldThatIsIdleForLongIsLeftAndFoundAgain() {
        FakeRuntime task = rig.with("table.name", "t/${field}")
                .with("table.name.field", "k")
                .task(P0, P1);
        rig.source.upsert("a", "\"k\":\"x\"", 1).upsert("b", "\"k\":\"y\"", 1);
        task.sink();
        assertThat(task.openTables()).isEqualTo(2);
        for (int i = 0; i < 12; i++) {
            rig.source.upsert("b", "\"k\":\"y\",\"n\":" + i, 2 + i);
            task.sink();
        }
        assertThat(task.openTables()).isEqualTo(1);
        rig.source.upsert("a", "\"k\":\"x\",\"n\":1", 20);
        task.sink();
        assertThat(task.openTables()).isEqualTo(2);
        new TableContent("file://" + directory + "/t/x").hasRows("a: k=x n=1");
        new TableContent("file://" + directory + "/t/y").hasRows("b: k=y n=11");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 15L);
    }

    @Test
    void fiftyTablesShareTheFlushThreadsOfOneTask() throws InterruptedException {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        ExecutorService upkeep = Executors.newSingleThreadExecutor();
        TopicPartition[] topics = new TopicPartition[50];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = new TopicPartition("mongo.shop.c" + i, 0);
        }
        FakeRuntime task = rig.on(() -> threads).keptUpOn(() -> upkeep).task(topics);
        for (int round = 0; round < 2; round++) {
            for (TopicPartition topic : topics) {
                for (int i = 0; i < 5; i++) {
                    rig.source(topic).upsert("k" + i, "\"n\":" + round, 1 + round);
                }
            }
            task.sink();
        }
        for (int i = 0; i < topics.length; i++) {
            new TableContent("file://" + directory + "/shop/c" + i)
                    .hasRows("k0: n=1", "k1: n=1", "k2: n=1", "k3: n=1", "k4: n=1");
            assertThat(rig.topics.groupOffsets).containsEntry(topics[i], 10L);
        }
        assertThat(threads.getLargestPoolSize()).isEqualTo(2);
        assertThat(task.counters().commits()).isEqualTo(100);
        task.stop();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(upkeep.awaitTermination(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }
}
