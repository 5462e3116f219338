package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.log.LogContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on tables that no commit waits for: checksums, checkpoints, the compaction and clean-up of logs. Of work of the same kind for the same table
 * only the newest waits; failures are logged, counted and forgotten, as the next piece of work makes up for them.
 */
public final class TableMaintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableMaintenance.class);
    private static final int MOST_WAITING = 1000;

    private final AtomicLong failures = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Subject, Work> waiting = new LinkedHashMap<>();
    private final @Nullable Thread thread;
    private boolean closed;

    /** What failed is told once in a row for a table, until it works again. */
    private final Set<Subject> failing = ConcurrentHashMap.newKeySet();

    private TableMaintenance(@Nullable String threadName) {
        thread = threadName == null ? null : new Thread(LogContext.current().around(this::run), threadName);
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Work is done at once by whoever asks for it: for programs that run a moment, and for tests. */
    public static TableMaintenance sameThread() {
        return new TableMaintenance(null);
    }

    public static TableMaintenance onThread(String name) {
        return new TableMaintenance(Objects.requireNonNull(name));
    }

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private record Subject(String location, String kind) {}

    /** @param kind names the work in messages, as in "the checkpoint of the table ... failed" */
    public void submit(String location, String kind, Work work) {
        Subject subject = new Subject(location, kind);
        if (thread == null) {
            attempt(subject, work);
            return;
        }
        lock.lock();
        try {
            if (closed || (waiting.size() >= MOST_WAITING && !waiting.containsKey(subject))) {
                failures.incrementAndGet();
                return;
            }
            waiting.put(subject, work);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many pieces of work have failed or were refused since the start. */
    public long failures() {
        return failures.get();
    }

    private void run() {
        Optional<Map.Entry<Subject, Work>> next = next();
        while (next.isPresent()) {
            attempt(next.get().getKey(), next.get().getValue());
            next = next();
        }
    }

    /** Empty when there is nothing more to do ever. */
    private Optional<Map.Entry<Subject, Work>> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            Optional<Map.Entry<Subject, Work>> oldest =
                    waiting.entrySet().stream().findFirst().map(entry -> Map.entry(entry.getKey(), entry.getValue()));
            oldest.ifPresent(entry -> waiting.remove(entry.getKey()));
            return oldest;
        } finally {
            lock.unlock();
        }
    }

    private void attempt(Subject subject, Work work) {
        try {
            work.run();
            failing.remove(subject);
        } catch (Exception e) {
            failures.incrementAndGet();
            if (failing.add(subject)) {
                LOG.warn(
                        "The {} of the table {} failed: its commits hold, readers are slower until the next one. Told once until it"
                                + " works again.",
                        subject.kind(),
                        subject.location(),
                        e);
            }
        }
    }

    /** Drops what waits, and waits for what runs, at most ten seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
