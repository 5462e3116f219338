package dev.cdcdelta.reconcile;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.run.Output;
import dev.cdcdelta.reconcile.run.TaskRun;
import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.sink.SinkVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
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
    private volatile @Nullable RuntimeException failure;

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
        TaskRun run =
                new TaskRun(settings, share, context.offsetStorageReader(), made, Clock.systemUTC(), pause);
        own[0] = new ConnectorThread("reconciliation-" + settings.name() + "-" + share.index(), () -> work(run, own[0]));
        output = made;
        thread = own[0];
        own[0].start();
    }

    private static String required(Map<String, String> properties, String key) {
        String value = properties.get(key);
        if (value == null) {
            throw new ConnectException("The task was not made by its connector: it has no " + key);
        }
        return value;
    }

    private void work(TaskRun run, ConnectorThread own) {
        try {
            run.run();
        } catch (RuntimeException e) {
            // What a stop breaks off fails in many ways, and is taken up again at the next start.
            if (!own.isStopped()) {
                failure = e;
            }
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        if (output == null) {
            throw new IllegalStateException("The task is polled before it is started");
        }
        List<SourceRecord> records = output.poll(PATIENCE);
        if (records.isEmpty() && failure != null) {
            throw new ConnectException("The reconciliation has failed: " + failure.getMessage(), failure);
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
