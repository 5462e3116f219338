package dev.cdcdelta.sink;

import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.index.IndexScope;
import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.merge.RetryPolicy;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.task.SinkParts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** Runs a task as Connect's worker does: assigns partitions, carries out seeks before each poll, commits what the task allows. */
final class FakeRuntime implements SinkTaskContext {
    final TestClock clock;
    private final Topics topics;
    private final Map<String, String> properties;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> seeks = new HashMap<>();
    private final DeltaSinkTask task;

    @Nullable
    ErrantRecordReporter reporter;

    long timeout = -1;

    FakeRuntime(Topics topics, Map<String, String> properties, TestClock clock, Path state, Committer committer) {
        this.topics = topics;
        this.properties = properties;
        this.clock = clock;
        RetryPolicy retries = new RetryPolicy(30, Duration.ofMillis(1), Duration.ofMillis(5));
        task = new DeltaSinkTask(
                new SinkParts(clock, committer, retries, new IndexPolicy(state, IndexScope.AUTO, Duration.ofDays(7))));
    }

    FakeRuntime(Topics topics, Map<String, String> properties, TestClock clock, Path state) {
        this(topics, properties, clock, state, DeltaTable::commit);
    }

    FakeRuntime start(TopicPartition... assigned) {
        task.initialize(this);
        task.start(properties);
        assign(assigned);
        return this;
    }

    void assign(TopicPartition... assigned) {
        for (TopicPartition partition : assigned) {
            positions.put(partition, topics.groupOffsets.getOrDefault(partition, 0L));
        }
        task.open(Arrays.asList(assigned));
    }

    void revoke(TopicPartition... revoked) {
        commitOffsets();
        task.close(Arrays.asList(revoked));
        positions.keySet().removeAll(Set.of(revoked));
    }

    /** One poll, of at most {@code limit} records from each partition. */
    void poll(int limit) {
        positions.putAll(seeks);
        seeks.clear();
        timeout = -1;
        List<SinkRecord> batch = new ArrayList<>();
        for (TopicPartition partition : List.copyOf(positions.keySet())) {
            List<SinkRecord> records = topics.read(partition, positions.getOrDefault(partition, 0L), limit);
            batch.addAll(records);
            if (!records.isEmpty()) {
                positions.put(partition, records.get(records.size() - 1).kafkaOffset() + 1);
            }
        }
        task.put(batch);
    }

    /** Reads all there is. */
    void pollAll() {
        poll(Integer.MAX_VALUE);
        while (!seeks.isEmpty()) {
            poll(Integer.MAX_VALUE);
        }
    }

    /** Reads all there is and lets the commit interval pass. */
    void sink() {
        pollAll();
        clock.advance(Duration.ofMinutes(1));
        pollAll();
        commitOffsets();
    }

    void commitOffsets() {
        Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
        positions.forEach((partition, position) -> current.put(partition, new OffsetAndMetadata(position)));
        task.preCommit(current).forEach((partition, offset) -> topics.groupOffsets.put(partition, offset.offset()));
    }

    void stop() {
        commitOffsets();
        task.close(positions.keySet());
        task.stop();
    }

    @Override
    public Map<String, String> configs() {
        return properties;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        seeks.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        seeks.put(partition, offset);
    }

    @Override
    public void timeout(long timeoutMs) {
        timeout = timeoutMs;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return positions.keySet();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return reporter;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException();
    }
}
