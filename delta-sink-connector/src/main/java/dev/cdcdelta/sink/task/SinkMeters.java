package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.compact.CompactionCounters;
import dev.cdcdelta.sink.merge.CommitListener;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.metrics.MetricsBoard;
import dev.cdcdelta.sink.metrics.SinkMetric;
import dev.cdcdelta.sink.metrics.TableMeters;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * The metrics of a task: looks once a poll how its tables and buffers stand. For the task's thread; values are asked for by others.
 */
final class SinkMeters implements AutoCloseable {
    /** How many tables of a task have metrics of their own. */
    private static final int MOST_TABLES = 100;

    /** Ten times as long as Kafka lets a fetch wait for records that are not there. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final MetricsBoard board;
    private final TransactionIds ids;
    private final Clock clock;
    private final TableMeters tables;
    private volatile long lastRecords;
    private volatile int paused;
    private volatile long bufferedBytes;
    private volatile int open;

    /** @param names of tables in metrics, by their location */
    SinkMeters(PluginMetrics worker, TransactionIds ids, Clock clock, UnaryOperator<String> names) {
        this.board = new MetricsBoard(worker, clock);
        this.ids = ids;
        this.clock = clock;
        this.tables = new TableMeters(board, this::isQuiet, names, MOST_TABLES);
        this.lastRecords = clock.millis();
    }

    /** Whoever is to be told of commits. */
    CommitListener commits() {
        return tables;
    }

    /** @param bufferLimit bytes */
    void publish(SinkCounters counters, CompactionCounters compactions, long bufferLimit) {
        tables.publish();
        publish(SinkMetric.RECORDS, counters::records);
        publish(SinkMetric.RETRIES, counters::retries);
        publish(SinkMetric.CONFLICTS, counters::conflicts);
        publish(SinkMetric.REWINDS, counters::rewinds);
        publish(SinkMetric.PAUSES, counters::pauses);
        publish(SinkMetric.PAUSED, () -> paused);
        publish(SinkMetric.BUFFER_BYTES, () -> bufferedBytes);
        publish(SinkMetric.BUFFER_LIMIT, () -> bufferLimit);
        publish(SinkMetric.TABLES_OPEN, () -> open);
        publish(SinkMetric.COMPACTIONS, compactions::installed);
        publish(SinkMetric.COMPACTIONS_ABANDONED, compactions::abandoned);
        publish(SinkMetric.COMPACTIONS_FAILED, compactions::failed);
        publish(SinkMetric.COMPACTED_ROWS, compactions::rows);
        publish(SinkMetric.COMPACTED_FILES, compactions::removedFiles);
        publish(SinkMetric.COMPACTION_FILES, compactions::addedFiles);
        for (Refusal reason : Refusal.values()) {
            board.publish(
                    SinkMetric.DEAD_LETTERS, Map.of("reason", reason.word()), now -> counters.deadLetters(reason));
        }
    }

    private void publish(SinkMetric metric, LongSupplier value) {
        board.publish(metric, Map.of(), now -> value.getAsLong());
    }

    /** Whether Kafka has brought nothing for so long that there is nothing, by the time of asking. */
    private boolean isQuiet(long now) {
        return paused == 0 && now - lastRecords >= QUIET.toMillis();
    }

    /**
     * Looks how things stand at the end of a poll.
     *
     * @param records that the poll brought
     * @param pausedPartitions how many are paused from here on
     */
    void look(int records, int pausedPartitions, Collection<TableFeed> feeds) {
        if (records > 0 || pausedPartitions > 0) {
            lastRecords = clock.millis();
        }
        paused = pausedPartitions;
        open = feeds.size();
        long bytes = 0;
        for (TableFeed feed : feeds) {
            bytes += feed.bufferedBytes() + feed.flushingBytes();
            tables.look(feed.location(), !feed.isIdle());
            if (feed.flush().isEmpty()) {
                feed.snapshot()
                        .filter(snapshot -> tables.isNews(feed.location(), snapshot))
                        .ifPresent(snapshot -> tables.stands(feed.location(), snapshot, sourceTime(feed, snapshot)));
            }
        }
        bufferedBytes = bytes;
        if (tables.size() != feeds.size()) {
            tables.retain(feeds.stream().map(TableFeed::location).collect(Collectors.toSet()));
        }
    }

    private OptionalLong sourceTime(TableFeed feed, TableSnapshot snapshot) {
        return feed.partitions().stream()
                .map(partition -> snapshot.transactions().get(ids.sourceTime(partition)))
                .filter(time -> time != null)
                .mapToLong(Long::longValue)
                .max();
    }

    @Override
    public void close() {
        board.close();
    }
}
