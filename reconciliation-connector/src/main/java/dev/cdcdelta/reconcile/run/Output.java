package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.source.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;

/** Records on their way from the thread that works to the one that Connect polls from. */
public final class Output {
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_A_POLL = 500;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final BlockingQueue<SourceRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Set<SourceRecord> unacknowledged =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final Pause pause;

    public Output(Pause pause) {
        this.pause = pause;
    }

    void write(SourceRecord record) {
        while (!waiting.offer(record)) {
            pause.forTime(LOOK_AGAIN);
        }
    }

    /** Writes records and waits until Kafka has them. */
    void writeThrough(List<SourceRecord> records) {
        unacknowledged.addAll(records);
        records.forEach(this::write);
        while (!unacknowledged.isEmpty()) {
            pause.forTime(LOOK_AGAIN);
        }
    }

    /** Kafka has the record. */
    public void acknowledged(SourceRecord record) {
        unacknowledged.remove(record);
    }

    /** What there is, after a short while at the latest; empty if there is nothing. */
    public List<SourceRecord> poll(Duration patience) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        SourceRecord first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            records.add(first);
            waiting.drainTo(records, MOST_A_POLL);
        }
        return records;
    }
}
