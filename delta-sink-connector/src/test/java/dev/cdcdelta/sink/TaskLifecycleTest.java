package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLifecycleTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void anIdleTopicIsFlushedWhenTheIntervalIsOver() {
        FakeRuntime task = rig.with("commit.interval.ms", "10000").task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.pollAll();
        assertThat(task.timeout).isEqualTo(10_000);
        rig.clock.advance(Duration.ofMillis(9_999));
        task.pollAll();
        assertThat(task.timeout).isEqualTo(1);
        rig.table.isAbsent();
        rig.clock.advance(Duration.ofMillis(1));
        task.pollAll();
        rig.table.hasRows("a: n=1");
        assertThat(task.timeout).isEqualTo(-1);
    }

    @Test
    void aFullBufferIsFlushedAtOnce() {
        FakeRuntime task = rig.with("commit.max.rows", "2").task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2).upsert("c", "\"n\":1", 3);
        task.pollAll();
        rig.table.hasRows("a: n=1", "b: n=1");
    }

    @Test
    void manyBytesAreFlushedAtOnce() {
        FakeRuntime task = rig.with("buffer.max.bytes", "1048576").task(P0);
        rig.source.upsert("a", "\"s\":\"" + "x".repeat(1_200_000) + "\"", 1).upsert("b", "\"n\":1", 2);
        task.pollAll();
        assertThat(rig.table.rows(false)).hasSize(1);
    }

    @Test
    void aFlushOfMoreThanAFileHoldsIsOneCommitOfSeveral() {
        FakeRuntime task = rig.with("file.target.bytes", "4096").task(P0);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 100; i++) {
                rig.source.upsert("k" + i, "\"n\":" + round + ",\"s\":\"" + "x".repeat(i) + i + "\"", round);
            }
            task.sink();
        }
        rig.table.hasVersion(2);
        assertThat(rig.table.rows(false)).hasSize(100).allMatch(row -> row.contains("n=2"));
        assertThat(rig.table.snapshot().files()).hasSizeGreaterThan(2);
    }

    @Test
    void onlyDurableOffsetsAreCommitted() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.pollAll();
        task.commitOffsets();
        assertThat(rig.topics.groupOffsets).isEmpty();
        task.sink();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 1L);
    }

    @Test
    void revokedPartitionsAreReadAgainByTheirNewOwner() {
        FakeRuntime first = rig.task(P0, P1);
        rig.source(P0).upsert("a", "\"n\":1", 1);
        rig.source(P1).upsert("b", "\"n\":1", 1);
        first.sink();
        rig.source(P0).upsert("a", "\"n\":2", 2);
        rig.source(P1).upsert("b", "\"n\":2", 2);
        first.pollAll();
        first.revoke(P1);
        FakeRuntime second = rig.task(P1);
        second.sink();
        first.sink();
        rig.table.hasRows("a: n=2", "b: n=2");
        rig.source(P1).upsert("b", "\"n\":3", 3);
        second.stop();
        first.assign(P1);
        first.sink();
        rig.table.hasRows("a: n=2", "b: n=3");
    }

    @Test
    void aTableOfSomebodyElseStopsTheTaskAtItsStart() {
        ColumnType.Struct columns =
                new ColumnType.Struct(List.of(new Column("name", "name", new ColumnType.Leaf(ScalarType.STRING))));
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            tables.create("file://" + directory + "/shop/orders", columns, Map.of());
        }
        assertThatThrownBy(() -> rig.task(P0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("shop/orders")
                .hasMessageContaining("no column _id")
                .hasMessageContaining("table.name");
    }

    @Test
    void tablePropertiesReachANewTable() {
        FakeRuntime task = rig.with("table.properties.delta.logRetentionDuration", "interval 7 days")
                .task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        assertThat(rig.table.snapshot().properties()).containsEntry("delta.logRetentionDuration", "interval 7 days");
    }

    @Test
    void severalTopicsFeedTheirOwnTables() {
        TopicPartition users = new TopicPartition("mongo.shop.users", 0);
        FakeRuntime task = rig.task(P0, users);
        rig.source.upsert("a", "\"n\":1", 1);
        rig.source(users).upsert("u", "\"n\":2", 1);
        task.sink();
        rig.table.hasRows("a: n=1");
        new TableContent("file://" + directory + "/shop/users").hasRows("u: n=2");
    }

    @Test
    void theConnectorIsFoundAsAServiceAndTellsItsVersion() {
        assertThat(ServiceLoader.load(SinkConnector.class))
                .filteredOn(connector -> connector instanceof DeltaSinkConnector)
                .singleElement()
                .satisfies(connector -> assertThat(connector.version()).matches("\\d+\\.\\d+.*"));
    }
}
