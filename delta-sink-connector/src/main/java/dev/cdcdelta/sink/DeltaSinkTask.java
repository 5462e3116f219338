package dev.cdcdelta.sink;

import dev.cdcdelta.sink.config.SinkSettings;
import dev.cdcdelta.sink.task.SinkParts;
import dev.cdcdelta.sink.task.SinkRun;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** The shell of a task: all work is the running object's. */
public final class DeltaSinkTask extends SinkTask {
    private final SinkParts parts;
    private @Nullable SinkRun run;

    public DeltaSinkTask() {
        this(SinkParts.real());
    }

    DeltaSinkTask(SinkParts parts) {
        this.parts = parts;
    }

    @Override
    public String version() {
        return SinkVersion.get();
    }

    @Override
    public void start(Map<String, String> properties) {
        run = parts.start(SinkSettings.parse(properties), context);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        running().open(partitions);
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        running().put(records);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return running().durableOffsets();
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        running().close(partitions);
    }

    @Override
    public void stop() {
        if (run != null) {
            run.stop();
            run = null;
        }
    }

    SinkRun running() {
        if (run == null) {
            throw new IllegalStateException("The task is not started");
        }
        return run;
    }
}
