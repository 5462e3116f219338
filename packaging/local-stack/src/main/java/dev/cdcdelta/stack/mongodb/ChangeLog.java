package dev.cdcdelta.stack.mongodb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The operation log: a bounded history of all changes in the order of their cluster times. */
final class ChangeLog {
    private final ClusterClock clock;
    private final long capacity;
    private final ConcurrentSkipListMap<Long, LoggedChange> changes = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private long bytes;

    /** The log is complete from this cluster time on. */
    private volatile long horizon;

    /** @param capacity bytes of memory; the oldest changes are forgotten when more is needed */
    ChangeLog(ClusterClock clock, long capacity) {
        this.clock = clock;
        this.capacity = capacity;
        this.horizon = clock.latest();
    }

    void append(Namespace namespace, LoggedChange.Operation operation, @Nullable Image before, @Nullable Image after) {
        if (!namespace.isObserved()) {
            return;
        }
        lock.lock();
        try {
            long timestamp = clock.next();
            LoggedChange change = new LoggedChange(timestamp, clock.instant(), namespace, operation, before, after);
            changes.put(timestamp, change);
            bytes += change.bytes();
            while (bytes > capacity) {
                LoggedChange oldest = changes.pollFirstEntry().getValue();
                bytes -= oldest.bytes();
                horizon = oldest.timestamp() + 1;
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
