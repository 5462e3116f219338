package dev.cdcdelta.sink.task;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The partitions that bring nothing until there is room again. */
final class PausedPartitions {
    private final SinkTaskContext context;
    private final SinkCounters counters;
    private final Set<TopicPartition> paused = new HashSet<>();

    PausedPartitions(SinkTaskContext context, SinkCounters counters) {
        this.context = context;
        this.counters = counters;
    }

    boolean isEmpty() {
        return paused.isEmpty();
    }

    int count() {
        return paused.size();
    }

    /** Pauses these, and resumes all others that were paused. */
    void set(Set<TopicPartition> wanted) {
        Set<TopicPartition> stopping = new HashSet<>(wanted);
        stopping.removeAll(paused);
        Set<TopicPartition> going = new HashSet<>(paused);
        going.removeAll(wanted);
        if (!going.isEmpty()) {
            context.resume(going.toArray(TopicPartition[]::new));
            paused.removeAll(going);
        }
        if (!stopping.isEmpty()) {
            context.pause(stopping.toArray(TopicPartition[]::new));
            paused.addAll(stopping);
            counters.paused(stopping.size());
        }
    }

    /** The partitions are not the task's any more; the runtime has forgotten that they were paused. */
    void forget(Collection<TopicPartition> closed) {
        paused.removeAll(Set.copyOf(closed));
    }
}
