package dev.cdcdelta.sink.metrics;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * What a task has published with its worker, which adds the tags {@code connector} and {@code task}. For the task's thread; values are
 * asked for by others.
 */
public final class MetricsBoard implements AutoCloseable {
    private final PluginMetrics worker;
    private final Clock clock;
    private final Map<Map<String, String>, List<MetricName>> published = new LinkedHashMap<>();

    public MetricsBoard(PluginMetrics worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Publishes a metric.
     *
     * @param tags beside the worker's
     * @param value by the time it is asked for, milliseconds since the epoch; called by other threads
     */
    public void publish(SinkMetric metric, Map<String, String> tags, LongToDoubleFunction value) {
        MetricName name = worker.metricName(metric.label(), metric.description(), new LinkedHashMap<>(tags));
        worker.addMetric(name, (Gauge<Double>) (config, now) -> value.applyAsDouble(clock.millis()));
        published.computeIfAbsent(tags, key -> new ArrayList<>()).add(name);
    }

    /** Takes back what was published with these tags. */
    public void remove(Map<String, String> tags) {
        List<MetricName> names = published.remove(tags);
        if (names != null) {
            names.forEach(worker::removeMetric);
        }
    }

    /** Takes back all. */
    @Override
    public void close() {
        List.copyOf(published.keySet()).forEach(this::remove);
    }
}
