package dev.cdcdelta.sink;

import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.table.DeltaTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** A connector over topics in memory and a warehouse in a directory. */
final class SinkRig {
    static final TopicPartition P0 = new TopicPartition("mongo.shop.orders", 0);
    static final TopicPartition P1 = new TopicPartition("mongo.shop.orders", 1);

    final Topics topics = new Topics();
    final TestClock clock = new TestClock();
    final Source source = new Source(topics, P0);
    final TableContent table;
    final Path state;
    private final Map<String, String> properties = new HashMap<>();
    private Supplier<ExecutorService> threads = DirectThreads::new;
    private Function<String, ExecutorService> upkeep = role -> new DirectThreads();
    private Duration patience = Duration.ofSeconds(30);

    SinkRig(Path warehouse) {
        this(warehouse.resolve("_state"), "file://" + warehouse, Map.of(), Map.of());
    }

    /**
     * @param options of the store as the connector is to reach it
     * @param check the same for the look at what it has written
     */
    SinkRig(Path state, String warehouse, Map<String, String> options, Map<String, String> check) {
        this.state = state;
        properties.put("name", "sink");
        properties.put("topics", "mongo.shop.orders");
        properties.put("warehouse", warehouse);
        properties.put("state.dir", state.toString());
        options.forEach((key, value) -> properties.put("hadoop." + key, value));
        table = new TableContent(warehouse + "/shop/orders", check);
    }

    SinkRig with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    Source source(TopicPartition partition) {
        return new Source(topics, partition);
    }

    /** Whoever starts after this flushes on these threads. */
    SinkRig on(Supplier<ExecutorService> others) {
        threads = others;
        return this;
    }

    /** Whoever starts after this compacts and vacuums on these threads. */
    SinkRig keptUpOn(Supplier<ExecutorService> other) {
        return keptUpOn(role -> other.get());
    }

    /** @param others by their role */
    SinkRig keptUpOn(Function<String, ExecutorService> others) {
        upkeep = others;
        return this;
    }

    /** Whoever starts after this waits so long for flushes when it gives partitions away. */
    SinkRig patient(Duration limit) {
        patience = limit;
        return this;
    }

    /** A task that owns the partitions. */
    FakeRuntime task(TopicPartition... partitions) {
        return unstarted().start(partitions);
    }

    FakeRuntime task(Committer committer, TopicPartition... partitions) {
        return unstarted(committer).start(partitions);
    }

    FakeRuntime unstarted() {
        return unstarted(DeltaTable::commit);
    }

    FakeRuntime unstarted(Committer committer) {
        return new FakeRuntime(topics, properties, clock, committer, threads.get(), upkeep, patience);
    }
}
