package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.merge.Committer;
import java.nio.file.Path;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageOutageTest {
    @TempDir
    Path directory;

    SinkRig rig;
    boolean broken = true;
    boolean answersAreLost;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void aShortOutageIsSurvivedWithThePartitionsPaused() {
        FakeRuntime task = rig.task(failing(), P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        assertThat(task.paused()).containsExactly(P0);
        assertThat(task.timeout).isBetween(1L, 30_000L);
        assertThat(rig.topics.groupOffsets).isEmpty();
        rig.source.upsert("b", "\"n\":1", 2);
        task.sink();
        task.sink();
        rig.table.isAbsentOrEmpty();
        broken = false;
        task.sink();
        rig.table.hasRows("a: n=1");
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=1");
        assertThat(task.paused()).isEmpty();
        assertThat(task.counters().retries()).isPositive();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
    }

    @Test
    void aLongOutageStopsTheTaskAndTellsWhatToDo() {
        FakeRuntime task = rig.with("commit.retry.timeout.ms", "150000").task(failing(), P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        task.sink();
        task.sink();
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("503")
                .hasMessageContaining("commit.retry.timeout.ms")
                .hasMessageContaining("read again");
        broken = false;
        rig.task(P0).sink();
        rig.table.hasRows("a: n=1");
    }

    @Test
    void withoutTimeForRetriesTheFirstFailureStopsTheTask() {
        FakeRuntime task = rig.with("commit.retry.timeout.ms", "0").task(failing(), P0);
        rig.source.upsert("a", "\"n\":1", 1);
        assertThatThrownBy(task::sink).hasMessageContaining("503");
        assertThat(task.counters().retries()).isZero();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotRepeated() {
        FakeRuntime task = rig.task(failing(), P0);
        broken = false;
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        answersAreLost = true;
        rig.source.upsert("a", "\"n\":2", 2);
        task.sink();
        rig.table.hasRows("a: n=2");
        long version = rig.table.snapshot().version();
        answersAreLost = false;
        task.sink();
        task.sink();
        rig.table.hasRows("a: n=2").hasVersion(version);
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
        rig.source.upsert("a", "\"n\":3", 3);
        task.sink();
        rig.table.hasRows("a: n=3");
    }

    @Test
    void whatIsNotTheStoragesFaultIsNotTriedAgain() {
        Committer bug = (table, commit) -> {
            throw new ConnectException("no cause in the storage", new IllegalStateException());
        };
        FakeRuntime task = rig.task(bug, P0);
        rig.source.upsert("a", "\"n\":1", 1);
        assertThatThrownBy(task::sink).hasMessage("no cause in the storage");
    }

    private Committer failing() {
        return (table, commit) -> {
            if (broken) {
                throw StorageFailures.unavailable();
            }
            var snapshot = table.commit(commit);
            if (answersAreLost) {
                throw StorageFailures.unavailable();
            }
            return snapshot;
        };
    }
}
