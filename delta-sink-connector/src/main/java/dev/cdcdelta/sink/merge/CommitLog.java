package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log per commit, and what a listener is told of it. */
final class CommitLog {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);

    /** A task of very many partitions tells those of the first ones only, so that its line stays readable. */
    private static final int MOST_OFFSETS = 20;

    private final String location;
    private final Clock clock;
    private final CommitListener listener;
    private final long start;

    CommitLog(String location, Clock clock, CommitListener listener) {
        this.location = location;
        this.clock = clock;
        this.listener = listener;
        this.start = clock.millis();
    }

    /** @param indexEntries keys that the index knows after the commit */
    void committed(TableSnapshot snapshot, PreparedCommit commit, TableBatch batch, long indexEntries) {
        long now = clock.millis();
        CommitReport report = new CommitReport(
                location,
                snapshot,
                volume(commit, batch),
                now - start,
                newestSourceTime(batch),
                offsets(batch),
                !commit.traits().columns().equals(commit.columns()),
                indexEntries);
        log(report, now);
        listener.committed(report);
    }

    private static CommitReport.Volume volume(PreparedCommit commit, TableBatch batch) {
        MergePlan plan = commit.plan();
        return new CommitReport.Volume(
                plan.rowCount(),
                plan.deleted().size(),
                plan.killCount(),
                plan.stale(),
                batch.rows().kind().isKeyed() ? batch.rowCount() : 0,
                commit.written().files().size(),
                commit.written().bytes());
    }

    private static OptionalLong newestSourceTime(TableBatch batch) {
        return batch.partitions().stream()
                .map(PartitionBatch::newestSourceTime)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
    }

    private static Map<TopicPartition, Long> offsets(TableBatch batch) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        batch.partitions().forEach(partition -> offsets.put(partition.partition(), partition.nextOffset()));
        return offsets;
    }

    private static void log(CommitReport report, long now) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        CommitReport.Volume volume = report.volume();
        LOG.info(
                "Committed version {} of {}: {} rows, {} deletes, {} replaced or deleted in place, {} stale, {} files, {} bytes, {} ms,"
                        + " lag {}, next offsets {}",
                report.snapshot().version(),
                report.location(),
                volume.rows(),
                volume.deletes(),
                volume.replaced(),
                volume.stale(),
                volume.files(),
                volume.bytes(),
                report.millis(),
                report.newestSourceTime().isPresent()
                        ? (now - report.newestSourceTime().getAsLong()) + " ms"
                        : "unknown",
                text(report.offsets()));
    }

    /** As in {@code orders-0@120 orders-1@77}, each the next offset to read. */
    private static String text(Map<TopicPartition, Long> offsets) {
        String told = offsets.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition)))
                .limit(MOST_OFFSETS)
                .map(entry -> entry.getKey() + "@" + entry.getValue())
                .collect(Collectors.joining(" "));
        int left = offsets.size() - MOST_OFFSETS;
        return left > 0 ? told + " and of " + left + " more partitions" : told;
    }
}
