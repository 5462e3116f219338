package dev.cdcdelta.bench.growth;

import dev.cdcdelta.sink.DeltaSinkTask;
import dev.cdcdelta.stack.process.StackException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;

/** A sink task of one partition, driven by hand as a worker does. Each table is one run of ids from 0. */
final class DrivenTask implements AutoCloseable {
    private static final int POLL = 500;
    private static final long PAUSE_NANOS = 200_000;
    private static final long PATIENCE_NANOS = 600_000_000_000L;
    private static final long FIRST_SECOND = 1_700_000_000L;

    private final TopicPartition partition;
    private final BareContext context;
    private final DeltaSinkTask task = new DeltaSinkTask();
    private long nextOffset;

    /**
     * @param settings where tables are and when to flush
     * @param nextOffset of the first record to come
     */
    DrivenTask(Map<String, String> settings, String table, long nextOffset) {
        this.partition = new TopicPartition("bench.growth." + table, 0);
        Map<String, String> all = new HashMap<>(settings);
        all.put("name", "growth-" + table);
        all.put("topics", partition.topic());
        this.context = new BareContext(all, partition);
        this.nextOffset = nextOffset;
        task.initialize(context);
        task.start(all);
        task.open(List.of(partition));
    }

    long nextOffset() {
        return nextOffset;
    }

    /** Writes a change of each document and returns when all are durable. The records are made before the clock starts. */
    Cost costOf(int[] ids) {
        List<SinkRecord> records = new ArrayList<>(ids.length);
        for (int id : ids) {
            records.add(record(id));
        }
        return Cost.of(() -> {
            for (int from = 0; from < records.size(); from += POLL) {
                awaitRoom();
                task.put(records.subList(from, Math.min(records.size(), from + POLL)));
            }
            awaitDurable();
        });
    }

    @Override
    public void close() {
        task.preCommit(Map.of(partition, new OffsetAndMetadata(nextOffset)));
        task.close(List.of(partition));
        task.stop();
    }

    private void awaitRoom() {
        while (context.isPaused()) {
            task.put(List.of());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void awaitDurable() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Map<TopicPartition, OffsetAndMetadata> position = Map.of(partition, new OffsetAndMetadata(nextOffset));
        OffsetAndMetadata durable = task.preCommit(position).get(partition);
        while (durable == null || durable.offset() < nextOffset) {
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        "The task has not made " + partition + " durable up to " + nextOffset + " in ten minutes");
            }
            task.put(List.of());
            LockSupport.parkNanos(PAUSE_NANOS);
            durable = task.preCommit(position).get(partition);
        }
    }

    /** As the JSON converter without schemas gives Debezium's key and envelope. */
    private SinkRecord record(int id) {
        long offset = nextOffset++;
        long seconds = FIRST_SECOND + offset / 1_000;
        Map<String, Object> source = new HashMap<>();
        source.put("connector", "mongodb");
        source.put("db", "growth");
        source.put("collection", partition.topic().substring("bench.growth.".length()));
        source.put("ts_ms", seconds * 1_000);
        source.put("ord", offset % 1_000 + 1);
        Map<String, Object> value = new HashMap<>();
        value.put("op", "u");
        value.put(
                "after",
                "{\"_id\": " + id + ", \"n\": {\"$numberLong\": \"" + offset + "\"}, \"name\": \"name of " + id
                        + "\", \"amount\": " + id / 8.0 + ", \"at\": {\"$date\": " + seconds * 1_000 + "}}");
        value.put("source", source);
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                Map.of("id", Integer.toString(id)),
                null,
                value,
                offset,
                seconds * 1_000,
                TimestampType.CREATE_TIME);
    }
}
