package dev.cdcdelta.reconcile.barrier;

import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.reconcile.table.TableSide;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonTimestamp;

/**
 * Brings the table to a version that holds everything that the source held at an operation time: that time is taken, the source
 * connector's offset passes it, the topic's ends are taken, and the table's recorded offsets reach them.
 */
public final class Barrier {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Parts parts;
    private final Clock clock;
    private final Pause pause;
    private final Watch watch;

    /** Is told of the time at a barrier, for metrics. */
    public interface Watch {
        void begins(Instant now);

        void ends();
    }

    /**
     * What it looks at.
     *
     * @param topic of the collection's changes
     * @param failure why one of the pipeline's connectors does nothing, if so
     * @param ids under which the sink connector records offsets
     */
    public record Parts(
            Supplier<BsonTimestamp> operationTime,
            Supplier<OptionalLong> sourceProgress,
            Supplier<Optional<String>> failure,
            TopicEnds ends,
            String topic,
            TableSide table,
            TransactionIds ids,
            Duration timeout) {}

    /** @param table empty if there is none, and nothing in the topic */
    public record Passed(BsonTimestamp operationTime, Optional<TableSnapshot> table) {
        public long version() {
            return table.map(TableSnapshot::version).orElse(-1L);
        }
    }

    /** Nobody watches. */
    public Barrier(Parts parts, Clock clock, Pause pause) {
        this(parts, clock, pause, new Watch() {
            @Override
            public void begins(Instant now) {}

            @Override
            public void ends() {}
        });
    }

    public Barrier(Parts parts, Clock clock, Pause pause, Watch watch) {
        this.parts = parts;
        this.clock = clock;
        this.pause = pause;
        this.watch = watch;
    }

    /** @throws BarrierException if it takes too long, telling what was waited for */
    public Passed pass() {
        watch.begins(clock.instant());
        try {
            return reach();
        } finally {
            watch.ends();
        }
    }

    private Passed reach() {
        Instant deadline = clock.instant().plus(parts.timeout());
        BsonTimestamp operationTime = parts.operationTime().get();
        for (OptionalLong at = parts.sourceProgress().get();
                at.isEmpty() || Long.compareUnsigned(at.getAsLong(), operationTime.getValue()) < 0;
                at = parts.sourceProgress().get()) {
            String place = at.isEmpty() ? "none is stored" : new BsonTimestamp(at.getAsLong()).toString();
            waitUntil(
                    deadline,
                    "the source connector's offset to pass " + operationTime + " (" + place
                            + "). Is it running, and are its heartbeats on (heartbeat.interval.ms)?");
        }
        Map<TopicPartition, Long> ends = parts.ends().of(parts.topic());
        while (true) {
            Optional<TableSnapshot> snapshot = parts.table().refresh();
            Map<Integer, Long> behind =
                    behind(ends, snapshot.map(TableSnapshot::transactions).orElse(Map.of()));
            if (behind.isEmpty()) {
                return new Passed(operationTime, snapshot);
            }
            waitUntil(
                    deadline,
                    "the table at " + parts.table().location() + " to hold topic " + parts.topic()
                            + " up to its end (by partition, offsets to go: " + behind
                            + "). Is the sink connector running, and is 'sink.connector' its name?");
        }
    }

    /** How many offsets are to go, by partition. */
    private Map<Integer, Long> behind(Map<TopicPartition, Long> ends, Map<String, Long> recorded) {
        Map<Integer, Long> behind = new TreeMap<>();
        ends.forEach((partition, end) -> {
            long reached = recorded.getOrDefault(parts.ids().offset(partition), 0L);
            if (reached < end && parts.ends().hasRecords(partition, reached, end)) {
                behind.put(partition.partition(), end - reached);
            }
        });
        return behind;
    }

    private void waitUntil(Instant deadline, String what) {
        if (!clock.instant().isBefore(deadline)) {
            throw new BarrierException("Waited " + parts.timeout().toSeconds() + " s in vain for " + what
                    + " Then begin a new run, or raise 'barrier.timeout.ms'");
        }
        parts.failure().get().ifPresent(failure -> {
            throw new BarrierException(failure);
        });
        pause.forTime(LOOK_AGAIN);
    }
}
