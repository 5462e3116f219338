package dev.cdcdelta.sink.metrics;

import dev.cdcdelta.sink.merge.CommitReport;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is told of one table. Commits are counted by flush threads, the rest by the task's thread; read by any. */
final class TableMeter {
    private static final double MILLIS = 1_000;

    /** The source tells no time, or nothing has been committed. */
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final CommitTotals commits = new CommitTotals();
    private volatile long newestSourceTime = UNKNOWN;
    private volatile long indexEntries;
    private volatile boolean waiting;
    private volatile @Nullable TableSnapshot snapshot;
    private volatile @Nullable LiveFiles live;

    void committed(CommitReport report) {
        commits.add(report);
        indexEntries = report.indexEntries();
        report.newestSourceTime().ifPresent(this::passed);
    }

    /** Newer than what is known, or not worth a word: an older change moves nothing back. */
    private synchronized void passed(long sourceTime) {
        newestSourceTime = Math.max(newestSourceTime, sourceTime);
    }

    /**
     * How the task sees the table now.
     *
     * @param sourceTime the newest that the table has recorded of the task's partitions, milliseconds since the epoch
     */
    void stands(TableSnapshot seen, OptionalLong sourceTime) {
        snapshot = seen;
        sourceTime.ifPresent(this::passed);
    }

    /** Whether the task sees the table as of this snapshot already. */
    boolean isAt(TableSnapshot seen) {
        return snapshot == seen;
    }

    /** @param anything that was read for the table and is not committed */
    void waits(boolean anything) {
        waiting = anything;
    }

    long indexEntries() {
        return indexEntries;
    }

    /**
     * Seconds that the table is behind its source.
     *
     * @param quiet whether Kafka has nothing more for the task
     * @return NaN where no source time is known and something waits, or may come
     */
    double lag(long now, boolean quiet) {
        if (quiet && !waiting) {
            return 0;
        }
        return newestSourceTime == UNKNOWN ? Double.NaN : Math.max(0, now - newestSourceTime) / MILLIS;
    }

    /** @param quiet whether Kafka has nothing more for the task, by the time of asking */
    void publish(MetricsBoard board, Map<String, String> tags, LongPredicate quiet) {
        board.publish(SinkMetric.LAG, tags, now -> lag(now, quiet.test(now)));
        board.publish(
                SinkMetric.SOURCE_TIME,
                tags,
                now -> newestSourceTime == UNKNOWN ? Double.NaN : newestSourceTime / MILLIS);
        board.publish(SinkMetric.INDEX_ENTRIES, tags, now -> indexEntries);
        commits.publish(board, tags);
        board.publish(SinkMetric.TABLE_VERSION, tags, live(LiveFiles::version));
        board.publish(SinkMetric.LIVE_FILES, tags, live(LiveFiles::files));
        board.publish(SinkMetric.LIVE_BYTES, tags, live(LiveFiles::bytes));
        board.publish(SinkMetric.LIVE_ROWS, tags, live(LiveFiles::rows));
        board.publish(SinkMetric.DEAD_ROWS, tags, live(LiveFiles::deadRows));
        board.publish(SinkMetric.DELETION_VECTORS, tags, live(LiveFiles::vectors));
    }

    private LongToDoubleFunction live(ToDoubleFunction<LiveFiles> value) {
        return now -> {
            LiveFiles files = liveFiles();
            return files == null ? Double.NaN : value.applyAsDouble(files);
        };
    }

    /** Counted by whoever asks, once a version: no commit waits for a walk over all files. */
    private @Nullable LiveFiles liveFiles() {
        TableSnapshot seen = snapshot;
        LiveFiles known = live;
        if (seen == null || known != null && known.version() == seen.version()) {
            return known;
        }
        LiveFiles counted = LiveFiles.of(seen);
        live = counted;
        return counted;
    }
}
