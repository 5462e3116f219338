package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults 3 and 8: topics, offsets and tables that change under whole tasks. */
class TopicFaultsTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void aTopicThatIsRecreatedUnderARunningTaskStopsIt() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "", 1).upsert("b", "", 2).upsert("c", "", 3);
        task.sink();
        rig.topics.recreate(P0);
        rig.source.upsert("d", "", 4);
        assertThatThrownBy(task::pollAll)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("mongo.shop.orders-0")
                .hasMessageContaining("offset 0")
                .hasMessageContaining("created again");
        rig.table.hasRows("a:", "b:", "c:");
    }

    @Test
    void aTopicThatIsRecreatedBeforeTheFirstCommitStopsTheTask() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "", 1).upsert("b", "", 2);
        task.pollAll();
        rig.topics.recreate(P0);
        rig.source.upsert("d", "", 4);
        assertThatThrownBy(task::pollAll).isInstanceOf(ConnectException.class).hasMessageContaining("created again");
    }

    @ParameterizedTest(name = "group offset {0}")
    @ValueSource(longs = {-1, 0, 2, 5})
    void whateverTheGroupsOffsetSaysNothingDoubles(long offset) {
        FakeRuntime task = rig.task(P0);
        rig.source
                .upsert("a", "\"n\":1", 1)
                .upsert("b", "\"n\":1", 2)
                .delete("c", 3)
                .upsert("c", "\"n\":1", 4);
        task.sink();
        task.stop();
        long version = rig.table.snapshot().version();
        rig.topics.groupOffsets.clear();
        if (offset >= 0) {
            rig.topics.groupOffsets.put(P0, offset);
        }
        FakeRuntime successor = rig.task(P0);
        successor.sink();
        rig.table.hasRows("a: n=1", "b: n=1", "c: n=1").hasVersion(version);
        rig.source.upsert("a", "\"n\":2", 5);
        successor.sink();
        rig.table.hasRows("a: n=2", "b: n=1", "c: n=1");
    }

    @Test
    void aTableThatIsReplacedUnderARunningTaskStopsItAndIsFilledByTheNext() throws IOException {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        FileUtils.deleteDirectory(directory.resolve("shop").toFile());
        rig.task(P1).sinkAfter(() -> rig.source(P1).upsert("other", "\"n\":1", 1));
        rig.source.upsert("b", "\"n\":1", 2);
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("shop/orders")
                .hasMessageContaining("Restart the task");
        rig.table.hasRows("other: n=1");
        FakeRuntime successor = rig.task(P0);
        successor.sink();
        rig.table.hasRows("other: n=1", "a: n=1", "b: n=1");
    }

    @Test
    void aTableThatIsDroppedUnderARunningTaskStopsItAndIsFilledByTheNext() throws IOException {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        FileUtils.deleteDirectory(directory.resolve("shop").toFile());
        rig.source.upsert("b", "\"n\":1", 2);
        assertThatThrownBy(task::sink).isInstanceOf(ConnectException.class).hasMessageContaining("shop/orders");
        rig.task(P0).sink();
        rig.table.hasRows("a: n=1", "b: n=1");
    }

    /** A partition is added while the task of the old one runs; both tasks have changes of the same keys in hand, in either order. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void keysThatMoveToAnAddedPartitionKeepTheirNewestImage(long seed) {
        Random random = new Random(seed);
        Map<String, String> model = new TreeMap<>();
        FakeRuntime old = rig.task(P0);
        change(random, model, P0, 0);
        old.sink();
        // What lingers in the old partition is older than what the new one brings.
        change(random, model, P0, 100);
        FakeRuntime added = rig.task(P1);
        TopicPartition[] byKey = {P0, P1};
        List<FakeRuntime> tasks = new ArrayList<>(List.of(old, added));
        for (int round = 2; round < 8; round++) {
            for (int i = 0; i < 6; i++) {
                int number = random.nextInt(8);
                change(random, model, byKey[number % 2], "k" + number, round * 100L + i);
            }
            if (random.nextBoolean()) {
                tasks.add(tasks.remove(0));
            }
            tasks.get(0).poll(random.nextInt(8));
            rig.clock.advance(Duration.ofMinutes(1));
            tasks.get(1).poll(random.nextInt(8));
            tasks.get(0).poll(0);
            tasks.get(1).poll(0);
        }
        tasks.forEach(FakeRuntime::sink);
        tasks.forEach(FakeRuntime::sink);
        rig.table.hasRows(model.entrySet().stream()
                .map(document -> document.getKey() + ":" + document.getValue())
                .toArray(String[]::new));
        assertThat(rig.table.snapshot().transactions()).containsKey("sink|mongo.shop.orders|shared");
    }

    private void change(Random random, Map<String, String> model, TopicPartition partition, long time) {
        for (int number = 0; number < 8; number++) {
            change(random, model, partition, "k" + number, time + number + 1);
        }
    }

    private void change(Random random, Map<String, String> model, TopicPartition partition, String id, long time) {
        if (random.nextInt(5) == 0) {
            rig.source(partition).delete(id, time);
            model.remove(id);
        } else {
            rig.source(partition).upsert(id, "\"n\":" + time, time);
            model.put(id, " n=" + time);
        }
    }
}
