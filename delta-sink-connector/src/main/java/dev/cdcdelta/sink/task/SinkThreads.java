package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.table.TableMaintenance;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The threads of a task beside Connect's.
 *
 * @param flushes write and commit; by their number
 * @param upkeep reads and writes what compaction and vacuum ask for, one thing after the other: apart from the logs, whose checkpoints
 *     would wait behind it for minutes
 * @param logs keep the tables' logs short
 */
public record SinkThreads(
        IntFunction<ExecutorService> flushes, Supplier<ExecutorService> upkeep, Supplier<TableMaintenance> logs) {
    static SinkThreads real() {
        return new SinkThreads(
                count -> DaemonThreads.start("flush", count),
                () -> DaemonThreads.start("upkeep", 1),
                () -> TableMaintenance.onThread(DaemonThreads.name("logs")));
    }
}
