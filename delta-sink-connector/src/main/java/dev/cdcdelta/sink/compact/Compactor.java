package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts the tables of a task, one group of files at a time. {@link #look} is called with a table's snapshot by the thread that flushes
 * it; the reading and writing happens on the maintenance thread; {@link #takeReady} gives the result to the flushing thread, which installs
 * it. No failure here is one of the task. Safe for use by many threads.
 */
public final class Compactor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final CompactionPolicy policy;
    private final CompactionPlanner planner;
    private final DeletesPlanner deletes;
    private final InstallPace pace;
    private final DeltaTables tables;
    private final Executor maintenance;
    private final Clock clock;
    private final CompactionCounters counters = new CompactionCounters();
    private final Map<String, Instant> nextLooks = new HashMap<>();

    /** The one compaction of the task, from its plan to the end of its installation. */
    private @Nullable Work current;

    private boolean closed;

    /** @param maintenance runs one thing after the other, on a thread that no commit waits for */
    public Compactor(CompactionPolicy policy, InstallPace pace, DeltaTables tables, Executor maintenance, Clock clock) {
        this.policy = policy;
        this.planner = new CompactionPlanner(policy.targetFileBytes());
        this.deletes = new DeletesPlanner(policy.deleteRetention());
        this.pace = pace;
        this.tables = tables;
        this.maintenance = maintenance;
        this.clock = clock;
    }

    public CompactionCounters counters() {
        return counters;
    }

    /**
     * Starts a compaction if the table is due for a look and has something to compact. No I/O.
     *
     * @param owned the partitions that the task feeds the table from
     */
    public synchronized void look(String location, TableSnapshot snapshot, Set<TopicPartition> owned) {
        if (closed || current != null || !isDue(location)) {
            return;
        }
        Optional<CompactionGroup> group = plan(snapshot, owned);
        if (group.isEmpty()) {
            lookLater(location);
            return;
        }
        Work work = new Work(location, group.get());
        current = work;
        try {
            maintenance.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            current = null;
        }
    }

    private Optional<CompactionGroup> plan(TableSnapshot snapshot, Set<TopicPartition> owned) {
        Collection<DataFile> files = snapshot.files().values();
        return deletes.plan(files, owned, clock.instant()).stream()
                .findFirst()
                .or(() -> policy.enabled()
                        ? planner.plan(files, owned, pace.installableRows()).stream()
                                .findFirst()
                        : Optional.empty());
    }

    /** A table that was never looked at is due after the interval: a task that just started has more urgent work. */
    private boolean isDue(String location) {
        Instant now = clock.instant();
        return !now.isBefore(nextLooks.computeIfAbsent(location, table -> now.plus(policy.interval())));
    }

    private void lookLater(String location) {
        nextLooks.put(location, clock.instant().plus(policy.interval()));
    }

    private void run(Work work) {
        Optional<CompactedFiles> compacted = Optional.empty();
        try {
            Optional<DeltaTable> table = isWanted(work) ? tables.open(work.location) : Optional.empty();
            compacted = table.flatMap(own -> write(own, work));
        } catch (RuntimeException e) {
            counters.addFailure();
            LOG.warn(
                    "Table {} could not be compacted; the rows are as they were, and the next try is in {}",
                    work.location,
                    policy.interval(),
                    e);
        }
        if (!offer(work, compacted)) {
            compacted.ifPresent(this::discard);
        }
    }

    private Optional<CompactedFiles> write(DeltaTable own, Work work) {
        BooleanSupplier cancelled = () -> !isWanted(work);
        return work.group.files().stream().allMatch(DeletesFiles::isOne)
                ? new DeletesJob(own, deletes, clock.instant(), cancelled).run(work.group)
                : new CompactionJob(own, policy.targetFileBytes(), cancelled).run(work.group);
    }

    private synchronized boolean isWanted(Work work) {
        return !closed && work == current;
    }

    /** @return whether somebody still wants the files */
    private synchronized boolean offer(Work work, Optional<CompactedFiles> compacted) {
        if (!isWanted(work)) {
            return false;
        }
        if (compacted.isPresent()) {
            work.ready = compacted.get();
        } else {
            current = null;
            lookLater(work.location);
        }
        return true;
    }

    /** Whether {@link #takeReady} would give something. */
    public synchronized boolean hasReady(String location) {
        return current != null && current.location.equals(location) && current.ready != null;
    }

    /** The files to install into the table; the caller says with {@link #installed} or {@link #failed} what came of it. */
    public synchronized Optional<CompactedFiles> takeReady(String location) {
        Work work = current;
        if (work == null || !work.location.equals(location)) {
            return Optional.empty();
        }
        Optional<CompactedFiles> taken = Optional.ofNullable(work.ready);
        work.ready = null;
        return taken;
    }

    /** After a success the table may be looked at again at once: there may be more to do. */
    public synchronized void installed(String location, InstallResult result) {
        counters.add(result);
        current = null;
        if (result.installed()) {
            nextLooks.put(location, clock.instant());
        } else {
            lookLater(location);
        }
    }

    /** The files could not be installed because of the storage. */
    public synchronized void failed(String location, RuntimeException failure) {
        counters.addFailure();
        current = null;
        lookLater(location);
        LOG.warn(
                "Table {} could not be compacted; the next try is in {}. Files that are in no commit are left behind;"
                        + " VACUUM deletes them",
                location,
                policy.interval(),
                failure);
    }

    /** The task does not feed the table any more. */
    public void forget(String location) {
        Optional<CompactedFiles> unused;
        synchronized (this) {
            unused = takeReady(location);
            nextLooks.remove(location);
            if (current != null && current.location.equals(location)) {
                current = null;
            }
        }
        unused.ifPresent(this::discard);
    }

    private void discard(CompactedFiles unused) {
        try {
            unused.discard();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Files of an unfinished compaction of {} are left behind; VACUUM deletes them",
                    unused.location(),
                    e);
        }
    }

    /** Ends a running job soon, without waiting for it. */
    @Override
    public void close() {
        Optional<CompactedFiles> unused;
        synchronized (this) {
            closed = true;
            unused = current == null ? Optional.empty() : takeReady(current.location);
        }
        unused.ifPresent(this::discard);
    }

    private static final class Work {
        private final String location;
        private final CompactionGroup group;
        private @Nullable CompactedFiles ready;

        Work(String location, CompactionGroup group) {
            this.location = location;
            this.group = group;
        }
    }
}
