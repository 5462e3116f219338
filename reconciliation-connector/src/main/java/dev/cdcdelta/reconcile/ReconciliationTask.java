package dev.cdcdelta.reconcile;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.run.Output;
import dev.cdcdelta.reconcile.run.RunCounters;
import dev.cdcdelta.reconcile.run.TaskRun;
import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.sink.SinkVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** A shell around the thread that does a task's part of a run; how that failed comes up in {@link #poll}. */
public final class ReconciliationTask extends SourceTask {
    static final String RUN = "task.run";
    static final String INDEX = "task.index";
    static final String COUNT = "task.count";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private @Nullable ConnectorThread thread;
    private @Nullable Output output;
    private volatile @Nullable Throwable failure;

    @Override
    public String version() {
        return SinkVersion.get();
    }

    @Override
    public void start(Map<String, String> properties) {
        ReconcileSettings settings = ReconcileSettings.parse(properties);
        TaskRun.Share share = new TaskRun.Share(
                required(properties, RUN),
                Integer.parseInt(required(properties, INDEX)),
                Integer.parseInt(required(properties, COUNT)));
        ConnectorThread[] own = new ConnectorThread[1];
        Pause pause = time -> own[0].pause(time);
        Output made = new Output(pause);
        RunCounters counters = new RunCounters();
        publish(counters);
        TaskRun run =
                new TaskRun(settings, share, context.offsetStorageReader(), made, counters, Clock.systemUTC(), pause);
        own[0] = new ConnectorThread("reconciliation-" + settings.name() + "-" + share.index(), run::run, this::failed);
        output = made;
        thread = own[0];
        own[0].start();
    }

    private void publish(RunCounters counters) {
        PluginMetrics metrics = context.pluginMetrics();
        for (RunCounters.Metric metric : counters.metrics()) {
            metrics.addMetric(
                    metrics.metricName(metric.name(), metric.description(), new LinkedHashMap<>(metric.tags())),
                    (Gauge<Long>) (config, now) -> metric.value().getAsLong());
        }
    }

    private static String required(Map<String, String> properties, String key) {
        String value = properties.get(key);
        if (value == null) {
            throw new ConnectException("The task was not made by its connector: it has no " + key);
        }
        return value;
    }

    private void failed(Throwable reason) {
        failure = reason;
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        if (output == null) {
            throw new IllegalStateException("The task is polled before it is started");
        }
        List<SourceRecord> records = output.poll(PATIENCE);
        Throwable reason = failure;
        if (records.isEmpty() && reason != null) {
            throw new ConnectException("The reconciliation has failed: " + reason.getMessage(), reason);
        }
        return records.isEmpty() ? null : records;
    }

    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        if (output != null) {
            output.acknowledged(record);
        }
    }

    @Override
    public void stop() {
        if (thread != null) {
            thread.stop();
        }
    }
}
