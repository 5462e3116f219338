package dev.cdcdelta.sink.metrics;

import dev.cdcdelta.sink.merge.CommitReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What commits have come to, of one table or of all. Counted by flush threads, read by any. */
final class CommitTotals {
    private final Map<SinkMetric, LongAdder> counters = new EnumMap<>(SinkMetric.class);
    private final AtomicLong lastMillis = new AtomicLong();
    private final AtomicLong lastRows = new AtomicLong();

    CommitTotals() {
        for (SinkMetric metric : new SinkMetric[] {
            SinkMetric.ROWS,
            SinkMetric.DELETES,
            SinkMetric.REPLACED,
            SinkMetric.STALE,
            SinkMetric.BYTES,
            SinkMetric.FILES,
            SinkMetric.COMMITS,
            SinkMetric.COMMIT_TIME,
            SinkMetric.SCHEMA_CHANGES,
            SinkMetric.INDEX_LOOKUPS,
            SinkMetric.INDEX_HITS
        }) {
            counters.put(metric, new LongAdder());
        }
    }

    void add(CommitReport report) {
        CommitReport.Volume volume = report.volume();
        count(SinkMetric.ROWS, volume.rows());
        count(SinkMetric.DELETES, volume.deletes());
        count(SinkMetric.REPLACED, volume.replaced());
        count(SinkMetric.STALE, volume.stale());
        count(SinkMetric.BYTES, volume.bytes());
        count(SinkMetric.FILES, volume.files());
        count(SinkMetric.COMMITS, 1);
        count(SinkMetric.COMMIT_TIME, report.millis());
        count(SinkMetric.SCHEMA_CHANGES, report.changedColumns() ? 1 : 0);
        count(SinkMetric.INDEX_LOOKUPS, volume.lookups());
        count(SinkMetric.INDEX_HITS, volume.lookups() == 0 ? 0 : volume.replaced());
        lastMillis.set(report.millis());
        lastRows.set(volume.rows());
    }

    private void count(SinkMetric metric, long value) {
        LongAdder counter = counters.get(metric);
        if (counter == null) {
            throw new IllegalArgumentException(metric + " is not counted by commits");
        }
        counter.add(value);
    }

    /** Publishes them. */
    void publish(MetricsBoard board, Map<String, String> tags) {
        counters.forEach((metric, counter) -> board.publish(metric, tags, now -> counter.sum()));
        board.publish(SinkMetric.LAST_COMMIT_TIME, tags, now -> lastMillis.get());
        board.publish(SinkMetric.LAST_COMMIT_ROWS, tags, now -> lastRows.get());
    }
}
