package dev.cdcdelta.sink.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions over and gives them away, in the midst of flushes. It waits for those that run, but not so long that the consumer
 * would be thrown out of its group; a flush that takes longer is left to itself.
 */
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final WarehouseTrial trial;
    private final TableFeeds tables;
    private final FlushQueue flushes;
    private final Duration patience;

    /** @param patience with all flushes together */
    Handover(WarehouseTrial trial, TableFeeds tables, FlushQueue flushes, Duration patience) {
        this.trial = trial;
        this.tables = tables;
        this.flushes = flushes;
        this.patience = patience;
    }

    /**
     * Opens the tables of the assigned partitions.
     *
     * @return where reading has to begin, by the partitions whose tables are known; empty for the first record that Kafka has
     */
    Map<TopicPartition, OptionalLong> open(Collection<TopicPartition> opened) {
        trial.require();
        Map<TableFeed, Set<TopicPartition>> feeding = new LinkedHashMap<>();
        Map<TopicPartition, List<TableFeed>> feeds = new HashMap<>();
        for (TopicPartition partition : opened) {
            tables.find(partition.topic()).ifPresent(found -> {
                feeds.put(partition, found);
                found.forEach(feed -> feeding.computeIfAbsent(feed, key -> new LinkedHashSet<>())
                        .add(partition));
            });
        }
        Patience left = new Patience(patience);
        feeding.forEach((feed, partitions) -> own(feed, partitions, left));
        Map<TopicPartition, OptionalLong> starts = new HashMap<>();
        if (tables.areKnownByTopic()) {
            feeds.forEach((partition, found) -> starts.put(partition, least(found, partition)));
        }
        return starts;
    }

    /** Begins to feed a table from partitions that the task has already. */
    void own(TableFeed feed, Set<TopicPartition> partitions) {
        own(feed, partitions, new Patience(patience));
    }

    private void own(TableFeed feed, Set<TopicPartition> partitions, Patience left) {
        if (!FlushQueue.await(feed, left.remaining())) {
            flushes.abandon(feed);
        }
        feed.own(partitions);
    }

    /** Empty if one of the tables has nothing recorded and needs it all. */
    private static OptionalLong least(List<TableFeed> feeds, TopicPartition partition) {
        long least = Long.MAX_VALUE;
        for (TableFeed feed : feeds) {
            OptionalLong recorded = feed.recorded(partition);
            if (recorded.isEmpty()) {
                return recorded;
            }
            least = Math.min(least, recorded.getAsLong());
        }
        return OptionalLong.of(least);
    }

    /** Commits what the partitions brought, if that goes well and quickly. */
    void flush(Collection<TopicPartition> closed) {
        Patience left = new Patience(patience);
        List<TableFeed> flushed = new ArrayList<>();
        for (TableFeed feed : tables.fedByAny(closed)) {
            settle(feed, left);
            boolean holds = closed.stream()
                    .anyMatch(partition -> feed.pending(partition).isPresent());
            if (holds && feed.flush().isEmpty() && !feed.isAbandoned()) {
                flushes.submit(feed);
                flushed.add(feed);
            }
        }
        flushed.forEach(feed -> settle(feed, left));
    }

    /** Seeks and failures are left to the next poll: within a rebalance the consumer may still hold records from before a seek. */
    private void settle(TableFeed feed, Patience left) {
        if (!FlushQueue.await(feed, left.remaining())) {
            flushes.abandon(feed);
        } else {
            flushes.settleIfCommitted(feed);
        }
        feed.flush()
                .flatMap(FlushInProgress::failure)
                .ifPresent(failure -> LOG.warn(
                        "Table {}: the last commit before partitions are given away failed; their next owner reads again"
                                + " what it held",
                        feed.location(),
                        failure));
    }

    /** Forgets the partitions. */
    void disown(Collection<TopicPartition> closed) {
        for (TableFeed feed : tables.fedByAny(closed)) {
            if (feed.flush().filter(FlushInProgress::isRunning).isPresent()) {
                flushes.abandon(feed);
            }
            closed.forEach(feed::disown);
        }
        flushes.forget(tables.removeUnfed());
    }

    /** Time that several waits share. */
    private static final class Patience {
        private final long end;

        Patience(Duration limit) {
            end = System.nanoTime() + limit.toNanos();
        }

        Duration remaining() {
            return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        }
    }
}
