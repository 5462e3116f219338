package dev.cdcdelta.bench.growth;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What a task may ask of its worker; it owns one partition. */
public final class BareContext implements SinkTaskContext {
    private final Map<String, String> settings;
    private final TopicPartition partition;
    private final Set<TopicPartition> paused = ConcurrentHashMap.newKeySet();

    /** Nobody reads them; they cost what a worker's do. */
    private final PluginMetrics metrics = new PluginMetricsImpl(new Metrics(), Map.of());

    public BareContext(Map<String, String> settings, TopicPartition partition) {
        this.settings = Map.copyOf(settings);
        this.partition = partition;
    }

    public boolean isPaused() {
        return !paused.isEmpty();
    }

    @Override
    public Map<String, String> configs() {
        return settings;
    }

    /** The driver hands out each record once, from where the table stands: there is nothing to go back to. */
    @Override
    public void offset(Map<TopicPartition, Long> offsets) {}

    @Override
    public void offset(TopicPartition at, long offset) {}

    @Override
    public void timeout(long timeoutMillis) {}

    @Override
    public Set<TopicPartition> assignment() {
        return new HashSet<>(Set.of(partition));
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(Set.of(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        paused.removeAll(Set.of(partitions));
    }

    @Override
    public void requestCommit() {}

    @Override
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return metrics;
    }
}
