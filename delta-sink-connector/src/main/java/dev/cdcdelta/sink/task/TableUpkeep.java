package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.compact.CompactedFiles;
import dev.cdcdelta.sink.compact.CompactionCounters;
import dev.cdcdelta.sink.compact.CompactionInstaller;
import dev.cdcdelta.sink.compact.Compactor;
import dev.cdcdelta.sink.compact.Vacuum;
import dev.cdcdelta.sink.merge.TableSink;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compaction and vacuum of a task's tables, between their flushes. A failure here is none of the task: rows and offsets are what they
 * were. Safe for use by many threads; a sink is passed by whoever has it for himself.
 */
final class TableUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TableUpkeep.class);
    private static final long SECONDS_TO_END = 10;

    private final Compactor compactor;
    private final CompactionInstaller installer;
    private final Vacuum vacuum;
    private final List<ExecutorService> threads;

    /** @param threads on which compactor and vacuum do their work */
    TableUpkeep(Compactor compactor, CompactionInstaller installer, Vacuum vacuum, List<ExecutorService> threads) {
        this.compactor = compactor;
        this.installer = installer;
        this.vacuum = vacuum;
        this.threads = List.copyOf(threads);
    }

    CompactionCounters counters() {
        return compactor.counters();
    }

    /** Whether compacted files wait to be put into the table. */
    boolean isReady(String location) {
        return compactor.hasReady(location);
    }

    /** Puts compacted files into the table, if there are any. */
    void install(TableSink sink) {
        if (sink.snapshot().isPresent()) {
            compactor.takeReady(sink.location()).ifPresent(files -> install(sink, files));
        }
    }

    private void install(TableSink sink, CompactedFiles files) {
        try {
            compactor.installed(sink.location(), sink.install(files, installer));
        } catch (RuntimeException e) {
            compactor.failed(sink.location(), e);
        }
    }

    /** Looks whether there is something to do; no I/O. */
    void look(TableSink sink) {
        try {
            sink.snapshot().ifPresent(snapshot -> {
                compactor.look(sink.location(), snapshot, sink.owned());
                vacuum.look(sink.location(), snapshot.transactions(), sink.owned());
            });
        } catch (RuntimeException e) {
            LOG.warn(
                    "Table {} could not be searched for files to compact; its rows are as they were",
                    sink.location(),
                    e);
        }
    }

    /** The task does not feed the table any more. */
    void forget(String location) {
        compactor.forget(location);
    }

    /** Nothing begins any more, and what runs ends soon. */
    void stop() {
        compactor.close();
        vacuum.close();
        threads.forEach(ExecutorService::shutdown);
    }

    /** Waits for what runs, at most ten seconds. */
    void awaitEnd() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
        try {
            for (ExecutorService thread : threads) {
                if (!thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn(
                            "A compaction or vacuum takes too long to be waited for; it fails once the storage is closed");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
