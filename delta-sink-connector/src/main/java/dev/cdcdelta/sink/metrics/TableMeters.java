package dev.cdcdelta.sink.metrics;

import dev.cdcdelta.sink.merge.CommitListener;
import dev.cdcdelta.sink.merge.CommitReport;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/**
 * What is told of a task's tables. A bounded number of them has metrics of its own, the first that come; the task's totals count all.
 * Flush threads tell of commits; everything else is for the task's thread.
 */
public final class TableMeters implements CommitListener {
    private final MetricsBoard board;
    private final LongPredicate quiet;
    private final UnaryOperator<String> names;
    private final int mostListed;
    private final CommitTotals totals = new CommitTotals();
    private final Map<String, TableMeter> meters = new ConcurrentHashMap<>();

    /** The names of those that have metrics of their own, by location. */
    private final Map<String, Map<String, String>> listed = new HashMap<>();

    /**
     * @param quiet whether Kafka has nothing more for the task, by the time of asking
     * @param names of tables in metrics, by their location
     * @param mostListed how many tables have metrics of their own
     */
    public TableMeters(MetricsBoard board, LongPredicate quiet, UnaryOperator<String> names, int mostListed) {
        this.board = board;
        this.quiet = quiet;
        this.names = names;
        this.mostListed = mostListed;
    }

    /** Publishes the totals. */
    public void publish() {
        board.publish(SinkMetric.LAG, Map.of(), this::longestLag);
        board.publish(
                SinkMetric.INDEX_ENTRIES,
                Map.of(),
                now -> meters.values().stream()
                        .mapToLong(TableMeter::indexEntries)
                        .sum());
        totals.publish(board, Map.of());
        board.publish(SinkMetric.TABLES_UNLISTED, Map.of(), now -> Math.max(0, meters.size() - mostListed));
    }

    private double longestLag(long now) {
        boolean isQuiet = quiet.test(now);
        double longest = Double.NaN;
        for (TableMeter meter : meters.values()) {
            double lag = meter.lag(now, isQuiet);
            longest = Double.isNaN(longest) || lag > longest ? lag : longest;
        }
        return meters.isEmpty() && isQuiet ? 0 : longest;
    }

    @Override
    public void committed(CommitReport report) {
        totals.add(report);
        meters.computeIfAbsent(report.location(), key -> new TableMeter()).committed(report);
    }

    /**
     * Sees to a table that the task feeds.
     *
     * @param waiting whether anything that was read for it is not committed
     */
    public void look(String location, boolean waiting) {
        TableMeter meter = meters.computeIfAbsent(location, key -> new TableMeter());
        meter.waits(waiting);
        if (!listed.containsKey(location) && listed.size() < mostListed) {
            Map<String, String> tags = Map.of("table", names.apply(location));
            listed.put(location, tags);
            meter.publish(board, tags, quiet);
        }
    }

    /** Whether the table's snapshot is another than the one that was last told. */
    public boolean isNews(String location, TableSnapshot snapshot) {
        TableMeter meter = meters.get(location);
        return meter != null && !meter.isAt(snapshot);
    }

    /** @param sourceTime the newest that the table has recorded of the task's partitions, milliseconds since the epoch */
    public void stands(String location, TableSnapshot snapshot, OptionalLong sourceTime) {
        TableMeter meter = meters.get(location);
        if (meter != null) {
            meter.stands(snapshot, sourceTime);
        }
    }

    /** Forgets all tables but these. A flush that was left to itself may have told of another that was forgotten before. */
    public void retain(Set<String> locations) {
        meters.keySet().retainAll(locations);
        listed.entrySet().removeIf(table -> {
            boolean isGone = !locations.contains(table.getKey());
            if (isGone) {
                board.remove(table.getValue());
            }
            return isGone;
        });
    }

    /** How many tables are known. */
    public int size() {
        return meters.size();
    }
}
