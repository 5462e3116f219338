package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.merge.RetryPolicy;
import dev.cdcdelta.sink.table.TableMaintenance;
import dev.cdcdelta.sink.task.SinkCounters;
import dev.cdcdelta.sink.task.SinkParts;
import dev.cdcdelta.sink.task.SinkThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Runs a task as Connect's worker does: assigns partitions, carries out seeks before each poll, commits what the task allows. */
final class FakeRuntime implements SinkTaskContext {
    final TestClock clock;
    private final Topics topics;
    private final Map<String, String> properties;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> seeks = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private final ExecutorService threads;
    private final DeltaSinkTask task;
    private final Metrics metrics = new Metrics();
    private final PluginMetrics pluginMetrics =
            new PluginMetricsImpl(metrics, new LinkedHashMap<>(Map.of("connector", "sink", "task", "0")));
    private boolean commitRequested;

    @Nullable
    ErrantRecordReporter reporter;

    long timeout = -1;

    FakeRuntime(
            Topics topics,
            Map<String, String> properties,
            TestClock clock,
            Committer committer,
            ExecutorService threads,
            Function<String, ExecutorService> upkeep,
            Duration patience) {
        this.topics = topics;
        this.properties = properties;
        this.clock = clock;
        this.threads = threads;
        RetryPolicy retries = new RetryPolicy(30, Duration.ofMillis(1), Duration.ofMillis(5));
        task = new DeltaSinkTask(new SinkParts(
                clock,
                committer,
                retries,
                new SinkThreads(count -> threads, upkeep, DirectThreads::new, TableMaintenance::sameThread),
                patience));
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
        paused.removeAll(Set.of(revoked));
    }

    Set<TopicPartition> paused() {
        return paused;
    }

    SinkCounters counters() {
        return task.running().counters();
    }

    int openTables() {
        return task.running().openTables();
    }

    /** One poll, of at most {@code limit} records from each partition. */
    void poll(int limit) {
        positions.putAll(seeks);
        seeks.clear();
        timeout = -1;
        List<SinkRecord> batch = new ArrayList<>();
        for (TopicPartition partition : List.copyOf(positions.keySet())) {
            if (paused.contains(partition)) {
                continue;
            }
            List<SinkRecord> records = topics.read(partition, positions.getOrDefault(partition, 0L), limit);
            batch.addAll(records);
            if (!records.isEmpty()) {
                positions.put(partition, records.get(records.size() - 1).kafkaOffset() + 1);
            }
        }
        task.put(batch);
        if (commitRequested) {
            commitRequested = false;
            commitOffsets();
        }
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
        if (!(threads instanceof DirectThreads)) {
            awaitRest();
        }
        commitOffsets();
    }

    void sinkAfter(Runnable change) {
        change.run();
        sink();
    }

    /** Polls until the task has nothing more to do. It asks for its next call as long as it has. */
    private void awaitRest() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    pollAll();
                    if (timeout > 100) {
                        clock.advance(Duration.ofMillis(timeout));
                    }
                    return timeout == -1;
                });
    }

    void commitOffsets() {
        Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
        positions.forEach((partition, position) -> current.put(partition, new OffsetAndMetadata(position)));
        task.preCommit(current).forEach((partition, offset) -> topics.groupOffsets.put(partition, offset.offset()));
    }

    void stop() {
        commitOffsets();
        task.close(List.copyOf(positions.keySet()));
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
        requireAssigned(partitions);
        paused.addAll(Arrays.asList(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        requireAssigned(partitions);
        paused.removeAll(Set.of(partitions));
    }

    @Override
    public void requestCommit() {
        commitRequested = true;
    }

    /** Kafka's consumer refuses partitions that it does not have. */
    private void requireAssigned(TopicPartition... partitions) {
        assertThat(positions).containsKeys(partitions);
    }

    @Override
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return reporter;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return pluginMetrics;
    }

    /** The worker's metrics of the task, with the tags that Connect gives them. */
    Metrics metrics() {
        return metrics;
    }

    /** Takes refused records from here on. @return their messages, as they come */
    List<String> reporting() {
        List<String> reported = new ArrayList<>();
        reporter = (record, error) -> {
            reported.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return reported;
    }
}
