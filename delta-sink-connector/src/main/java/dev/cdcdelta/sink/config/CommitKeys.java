package dev.cdcdelta.sink.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** When and how what is buffered becomes durable. */
final class CommitKeys {
    private CommitKeys() {}

    static void define(ConfigDef definition) {
        new KeyGroup(definition, "Commits")
                .key(
                        SinkConfigDef.COMMIT_INTERVAL,
                        Type.LONG,
                        10_000L,
                        Range.between(100, 3_600_000),
                        Importance.MEDIUM,
                        "Milliseconds from the first change after a commit of a table to its next commit, at most.",
                        "Commit interval")
                .key(
                        SinkConfigDef.COMMIT_MAX_ROWS,
                        Type.LONG,
                        500_000L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Rows buffered for a table at which it is committed before the interval is over.",
                        "Most rows in a commit")
                .key(
                        SinkConfigDef.BUFFER_MAX_BYTES,
                        Type.LONG,
                        128L << 20,
                        Range.atLeast(1 << 20),
                        Importance.MEDIUM,
                        "Heap in bytes, by estimate, that a task's buffered changes may take, those included that are being committed."
                                + " The fullest table is committed when half of it is taken; past it, the partitions that feed the fullest"
                                + " tables are paused. The files that flushes write take up to a quarter more, and"
                                + " twice that in tables with a change data feed.",
                        "Buffer size")
                .key(
                        SinkConfigDef.FLUSH_THREADS,
                        Type.INT,
                        2,
                        Range.between(1, 64),
                        Importance.LOW,
                        "Threads of a task that write and commit; each is at work on another table.",
                        "Flush threads")
                .key(
                        SinkConfigDef.FILE_TARGET_BYTES,
                        Type.LONG,
                        128L << 20,
                        Range.between(4 << 10, 4L << 30),
                        Importance.LOW,
                        "Bytes at which a commit ends a data file and begins another, about. Files are ended before where their rows"
                                + " would take too much heap; see `buffer.max.bytes`.",
                        "Size of data files")
                .key(
                        SinkConfigDef.COMMIT_RETRY_TIMEOUT,
                        Type.LONG,
                        300_000L,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "Milliseconds for which a commit that the storage fails is tried again, with growing pauses in between, before"
                                + " the task stops. The table's partitions are paused meanwhile.",
                        "Time of retries")
                .key(
                        SinkConfigDef.OFFSET_GAP_POLICY,
                        Type.STRING,
                        "warn",
                        Choice.of("warn", "fail"),
                        Importance.MEDIUM,
                        "What becomes of a task whose first record comes from behind the offset at which its table stands. Either Kafka has"
                                + " expired records that were never read, and the table will lack their changes; or the offsets between"
                                + " belong to transaction markers, aborted transactions or compacted records, which nothing tells apart from"
                                + " here. `warn`: the gap is logged. `fail`: the task stops; for topics with `cleanup.policy=delete` whose"
                                + " producer uses no transactions, where every gap is a loss.",
                        "Offset gaps");
    }
}
