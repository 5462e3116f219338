package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The operation log: a bounded history of all changes in the order of their cluster times. */
final class ChangeLog {
    private final ClusterClock clock;
    private final int capacity;
    private final ConcurrentSkipListMap<Long, LoggedChange> changes = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private int size;

    /** The log is complete from this cluster time on. */
    private volatile long horizon;

    /** @param capacity how many changes are kept; older ones are forgotten */
    ChangeLog(ClusterClock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.horizon = clock.latest();
    }

    void append(
            Namespace namespace,
            LoggedChange.Operation operation,
            @Nullable Document before,
            @Nullable Document after) {
        if (!namespace.isObserved()) {
            return;
        }
        lock.lock();
        try {
            long timestamp = clock.next();
            changes.put(timestamp, new LoggedChange(timestamp, clock.instant(), namespace, operation, before, after));
            size++;
            while (size > capacity) {
                horizon = changes.pollFirstEntry().getKey() + 1;
                size--;
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The newest cluster time at which the log is known to be complete. */
    long latest() {
        lock.lock();
        try {
            return clock.latest();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all changes after this cluster time are still there. */
    boolean reaches(long timestamp) {
        return timestamp + 1 >= horizon;
    }

    /** At most {@code limit} changes after the given cluster time. */
    List<LoggedChange> after(long timestamp, int limit) {
        return changes.tailMap(timestamp, false).values().stream().limit(limit).toList();
    }

    /** Waits until there is a change after the given cluster time; returns without one when the time is up. */
    void await(long timestamp, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (nanos > 0 && changes.higherKey(timestamp) == null) {
                nanos = appended.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
