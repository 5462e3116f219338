package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.table.TableMaintenance;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The threads of a task beside Connect's.
 *
 * @param flushes write and commit; by their number
 * @param upkeep reads and writes what compaction or vacuum ask for, one thing after the other; by their role. Either may take minutes,
 *     for which the other must not wait, nor the logs' checkpoints
 * @param indexes bring batches from their journals to their pages
 * @param logs keep the tables' logs short
 */
public record SinkThreads(
        IntFunction<ExecutorService> flushes,
        Function<String, ExecutorService> upkeep,
        Supplier<ExecutorService> indexes,
        Supplier<TableMaintenance> logs) {
    static SinkThreads real() {
        return new SinkThreads(
                count -> DaemonThreads.start("flush", count),
                role -> DaemonThreads.start(role, 1),
                () -> DaemonThreads.start("index", 1),
                () -> TableMaintenance.onThread(DaemonThreads.name("logs")));
    }
}
