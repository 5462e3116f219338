package dev.cdcdelta.sink;

import dev.cdcdelta.sink.merge.Committer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A connector over topics in memory and a warehouse in a directory. */
final class SinkRig {
    static final TopicPartition P0 = new TopicPartition("mongo.shop.orders", 0);
    static final TopicPartition P1 = new TopicPartition("mongo.shop.orders", 1);

    final Topics topics = new Topics();
    final TestClock clock = new TestClock();
    final Source source = new Source(topics, P0);
    final TableContent table;
    private final Path state;
    private final Map<String, String> properties = new HashMap<>();

    SinkRig(Path warehouse) {
        state = warehouse.resolve("_state");
        properties.put("name", "sink");
        properties.put("topics", "mongo.shop.orders");
        properties.put("warehouse", "file://" + warehouse);
        table = new TableContent("file://" + warehouse + "/shop/orders");
    }

    SinkRig with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    Source source(TopicPartition partition) {
        return new Source(topics, partition);
    }

    /** A task that owns the partitions. */
    FakeRuntime task(TopicPartition... partitions) {
        return new FakeRuntime(topics, properties, clock, state).start(partitions);
    }

    FakeRuntime task(Committer committer, TopicPartition... partitions) {
        return new FakeRuntime(topics, properties, clock, state, committer).start(partitions);
    }

    FakeRuntime unstarted() {
        return new FakeRuntime(topics, properties, clock, state);
    }
}
