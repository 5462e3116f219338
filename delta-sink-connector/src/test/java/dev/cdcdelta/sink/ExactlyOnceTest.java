package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.merge.Committer;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactlyOnceTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void insertsUpdatesAndDeletesEndUpAsTheSourceIs() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2).upsert("c", "\"n\":1", 3);
        task.sink();
        rig.source.upsert("a", "\"n\":2", 4).delete("b", 5);
        task.sink();
        rig.table.hasRows("a: n=2", "c: n=1");
    }

    @Test
    void theLastImageInAFlushWins() {
        FakeRuntime task = rig.task(P0);
        rig.source
                .upsert("a", "\"n\":1", 1)
                .upsert("a", "\"n\":2", 2)
                .delete("b", 3)
                .upsert("b", "\"n\":3", 4);
        task.sink();
        rig.table.hasRows("a: n=2", "b: n=3");
    }

    @Test
    void rowsTellTheirSourceVersionAndOperation() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "", 1_700_000_000_000L);
        task.sink();
        assertThat(rig.table.rows(true)).containsExactly("a: _cdc_op=u _cdc_ord=1 _cdc_ts=1700000000000000");
    }

    @Test
    void aReplayAfterARestartChangesNothing() {
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        rig.task(P0).sink();
        rig.topics.groupOffsets.clear();
        long version = rig.table.snapshot().version();
        FakeRuntime restarted = rig.task(P0);
        restarted.sink();
        rig.table.hasRows("a: n=1", "b: n=1").hasVersion(version);
        rig.source.upsert("a", "\"n\":2", 3);
        restarted.sink();
        rig.table.hasRows("a: n=2", "b: n=1");
    }

    @Test
    void aTableThatIsGoneIsFilledAgainFromTheFirstRecord() throws IOException {
        rig.source.upsert("a", "\"n\":1", 1);
        FakeRuntime task = rig.task(P0);
        task.sink();
        task.stop();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 1L);
        FileUtils.deleteDirectory(directory.resolve("shop").toFile());

        rig.source.upsert("b", "\"n\":1", 2);
        rig.task(P0).sink();

        rig.table.hasRows("a: n=1", "b: n=1");
    }

    @Test
    void aCrashBeforeTheCommitLosesNothing() {
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        rig.source.upsert("a", "\"n\":2", 2);
        Committer crash = (table, commit) -> {
            throw new IllegalStateException("crash");
        };
        FakeRuntime doomed = rig.task(crash, P0);
        assertThatThrownBy(doomed::sink).hasMessage("crash");
        rig.table.hasRows("a: n=1");
        rig.task(P0).sink();
        rig.table.hasRows("a: n=2");
    }

    @Test
    void aCrashAfterTheCommitRepeatsNothing() {
        rig.source.upsert("a", "\"n\":1", 1);
        Committer crash = (table, commit) -> {
            table.commit(commit);
            throw new IllegalStateException("crash");
        };
        FakeRuntime doomed = rig.task(crash, P0);
        assertThatThrownBy(doomed::sink).hasMessage("crash");
        rig.table.hasRows("a: n=1");
        long version = rig.table.snapshot().version();
        rig.task(P0).sink();
        rig.table.hasRows("a: n=1").hasVersion(version);
    }

    @Test
    void offsetsAndFreshnessAreInTheTable() {
        rig.topics.skipOffset(P0);
        rig.source.upsert("a", "", 5000).upsert("b", "", 4000);
        FakeRuntime task = rig.task(P0);
        task.sink();
        assertThat(rig.table.snapshot().transactions())
                .containsEntry("sink|mongo.shop.orders|0", 3L)
                .containsEntry("sink|mongo.shop.orders|0|source-time", 5000L);
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 3L);
    }

    @Test
    void anOlderEventNeverOverwritesANewerRow() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":5", 5);
        task.sink();
        rig.source.upsert("a", "\"n\":3", 3);
        task.sink();
        rig.table.hasRows("a: n=5");
        rig.source.upsert("a", "\"n\":50", 5);
        task.sink();
        rig.table.hasRows("a: n=50");
    }

    @Test
    void anOlderEventNeverBringsBackADeletedDocument() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        rig.source.delete("a", 5);
        task.sink();
        rig.source.upsert("a", "\"n\":3", 3);
        task.sink();
        rig.table.hasRows();
        rig.source.upsert("a", "\"n\":6", 6);
        task.sink();
        rig.table.hasRows("a: n=6");
    }

    @Test
    void aStaleDeleteAndItsTombstoneSpareTheNewerRow() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":5", 5);
        task.sink();
        rig.source.delete("a", 3);
        task.sink();
        rig.table.hasRows("a: n=5");
    }

    @Test
    void aStaleDeletesTombstoneSparesTheNewerRowAlsoWhereARestartIsBetweenThem() {
        rig.source.upsert("a", "\"n\":5", 5).deleteOnly("a", 3);
        FakeRuntime task = rig.task(P0);
        task.sink();
        task.stop();
        rig.source.tombstone("a");
        rig.task(P0).sink();
        assertThat(rig.table.rows(false)).containsExactly("a: n=5");
    }

    @Test
    void aLoneTombstoneDeletes() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":5", 5).upsert("b", "\"n\":5", 6);
        task.sink();
        rig.source.tombstone("a");
        task.sink();
        rig.table.hasRows("b: n=5");
    }

    @Test
    void deletesOfWhatNeverWasMakeNoTable() {
        FakeRuntime task = rig.task(P0);
        rig.source.delete("a", 3);
        task.sink();
        rig.table.isAbsent();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
    }

    @Test
    void twoTasksFeedOneTable() {
        FakeRuntime first = rig.task(P0);
        FakeRuntime second = rig.task(P1);
        for (int round = 1; round <= 5; round++) {
            rig.source(P0).upsert("a", "\"n\":" + round, round);
            rig.source(P1).upsert("b", "\"n\":" + round, round).upsert("c" + round, "", round);
            first.sink();
            second.sink();
        }
        rig.table.hasRows("a: n=5", "b: n=5", "c1:", "c2:", "c3:", "c4:", "c5:");
    }

    @Test
    void theRaceForTheFirstVersionHasTwoWinners() {
        FakeRuntime first = rig.task(P0);
        FakeRuntime second = rig.task(P1);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        rig.source(P1).upsert("b", "\"m\":\"x\"", 1);
        first.pollAll();
        second.pollAll();
        first.sink();
        second.sink();
        rig.table.hasRows("a: n=1", "b: m=x");
    }

    @Test
    void aZombieCannotWriteWhatItsSuccessorWrote() {
        FakeRuntime zombie = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 1);
        zombie.sink();
        rig.source.upsert("a", "\"n\":2", 2).upsert("c", "\"n\":2", 3);
        zombie.pollAll();
        FakeRuntime successor = rig.task(P0);
        successor.sink();
        rig.source.upsert("a", "\"n\":3", 4);
        successor.sink();
        long version = rig.table.snapshot().version();
        zombie.sink();
        rig.table.hasRows("a: n=3", "b: n=1", "c: n=2").hasVersion(version);
    }

    @Test
    void aSuccessorGoesOnBehindAZombiesCommit() {
        rig.source.upsert("a", "\"n\":1", 1);
        FakeRuntime zombie = rig.task(P0);
        zombie.sink();
        FakeRuntime successor = rig.task(P0);
        rig.source.upsert("a", "\"n\":2", 2).upsert("b", "\"n\":2", 3);
        successor.poll(2);
        zombie.sink();
        rig.source.upsert("b", "\"n\":3", 4);
        successor.sink();
        rig.table.hasRows("a: n=2", "b: n=3");
        assertThat(rig.table.snapshot().transactions()).containsEntry("sink|mongo.shop.orders|0", 4L);
    }

    @Test
    void aRecreatedTopicStopsTheTask() {
        rig.source.upsert("a", "", 1).upsert("b", "", 2).upsert("c", "", 3);
        rig.task(P0).sink();
        rig.topics.recreate(P0);
        rig.source.upsert("d", "", 4);
        FakeRuntime task = rig.task(P0);
        assertThatThrownBy(task::pollAll)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("mongo.shop.orders-0")
                .hasMessageContaining("offset 0")
                .hasMessageContaining("created again");
    }
}
