package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StoredFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that no reader of a table needs any more: those of versions older than the retention, and those that no commit took. Off
 * unless asked for. Safe for use by many threads.
 */
public final class Vacuum implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);

    /** A round lists the whole table, and what it finds has waited for days. */
    static final Duration BETWEEN_ROUNDS = Duration.ofHours(24);

    /** A task that is restarted again and again lists its tables each time, but not while it still catches up. */
    static final Duration BEFORE_FIRST_ROUND = Duration.ofMinutes(10);

    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final VacuumPolicy policy;
    private final DeltaTables tables;
    private final Executor maintenance;
    private final Clock clock;
    private final Pattern offsets;
    private final Map<String, Instant> nextRounds = new HashMap<>();
    private volatile boolean closed;

    /**
     * @param connector the name under which tables record their offsets
     * @param maintenance runs one thing after the other, on a thread that no commit waits for
     */
    public Vacuum(VacuumPolicy policy, String connector, DeltaTables tables, Executor maintenance, Clock clock) {
        this.policy = policy;
        this.tables = tables;
        this.maintenance = maintenance;
        this.clock = clock;
        this.offsets = Pattern.compile(Pattern.quote(connector) + "\\|([^|]+)\\|([0-9]+)");
    }

    /**
     * Starts a round if the table is due for one. No I/O. The first is due ten minutes after the table was first looked at, the others
     * a day after the one before.
     *
     * @param transactions the offsets that the table has recorded: the owner of the least of their partitions does the work for all
     */
    public synchronized void look(String location, Map<String, Long> transactions, Set<TopicPartition> owned) {
        if (!policy.enabled() || closed || !ownsTheLeast(transactions, owned)) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(nextRounds.computeIfAbsent(location, table -> now.plus(BEFORE_FIRST_ROUND)))) {
            return;
        }
        nextRounds.put(location, now.plus(BETWEEN_ROUNDS));
        try {
            maintenance.execute(() -> attempt(location));
        } catch (RejectedExecutionException e) {
            LOG.debug("Table {} is not vacuumed: the task stops", location, e);
        }
    }

    boolean ownsTheLeast(Map<String, Long> transactions, Set<TopicPartition> owned) {
        return transactions.keySet().stream()
                .map(offsets::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))))
                .min(ORDER)
                .filter(owned::contains)
                .isPresent();
    }

    private void attempt(String location) {
        try {
            run(location, false);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Table {} could not be vacuumed; files that no reader needs stay a while longer, the next try is in {}",
                    location,
                    BETWEEN_ROUNDS,
                    e);
        }
    }

    /**
     * One round, by the thread that calls.
     *
     * @param dryRun whether the files are only named
     * @return the files that were deleted, or would be
     */
    public List<StoredFile> run(String location, boolean dryRun) {
        DeltaTable table = closed ? null : tables.open(location).orElse(null);
        if (table == null) {
            return List.of();
        }
        List<StoredFile> unused = table.unreferencedFiles(clock.instant(), policy.retention());
        if (dryRun) {
            return unused;
        }
        List<StoredFile> deleted = new ArrayList<>();
        for (StoredFile file : unused) {
            if (closed) {
                break;
            }
            table.deleteUnreferenced(file);
            deleted.add(file);
            LOG.debug("Deleted {} of {}, {} bytes, of {}", file.path(), location, file.size(), file.modified());
        }
        LOG.info(
                "Vacuumed {}: {} files that no version of the last {} refers to, {} bytes",
                location,
                deleted.size(),
                policy.retention(),
                deleted.stream().mapToLong(StoredFile::size).sum());
        return deleted;
    }

    /** No round begins any more, and one that runs ends soon, without being waited for. */
    @Override
    public void close() {
        closed = true;
    }
}
