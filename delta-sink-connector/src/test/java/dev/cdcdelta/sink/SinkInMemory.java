package dev.cdcdelta.sink;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A sink task over a topic partition in memory and a warehouse in a directory, for the tests of other modules. */
public final class SinkInMemory {
    public static final TopicPartition PARTITION = SinkRig.P0;
    public static final String CONNECTOR = "sink";

    private final SinkRig rig;
    private FakeRuntime task;

    public SinkInMemory(Path warehouse) {
        rig = new SinkRig(warehouse);
        task = rig.task(PARTITION);
    }

    /** @param key as Debezium's: {@code {"id": text}} */
    public void append(Map<String, Object> key, @Nullable Object value) {
        rig.topics.append(PARTITION, null, key, null, value, null);
    }

    /** Behind the topic's last record. */
    public long end() {
        return rig.topics.end(PARTITION);
    }

    /** An event that somebody has taken out of the topic. */
    public void skipOffset() {
        rig.topics.skipOffset(PARTITION);
    }

    /** Reads at most so many records, and leaves them uncommitted. */
    public void poll(int records) {
        task.poll(records);
    }

    /** Reads all there is and commits it. */
    public void sink() {
        task.sink();
    }

    /** The task is gone, whatever it was at, and another one takes over. */
    public void crash() {
        task = rig.task(PARTITION);
    }
}
