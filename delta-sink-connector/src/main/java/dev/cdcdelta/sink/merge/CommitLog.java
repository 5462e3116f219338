package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Clock;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log per commit. */
final class CommitLog {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);

    private final String location;
    private final Clock clock;
    private final long start;

    CommitLog(String location, Clock clock) {
        this.location = location;
        this.clock = clock;
        this.start = clock.millis();
    }

    void committed(TableSnapshot snapshot, PreparedCommit commit, TableBatch batch) {
        long now = clock.millis();
        OptionalLong newest = batch.partitions().stream()
                .map(PartitionBatch::newestSourceTime)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
        LOG.info(
                "Committed version {} of {}: {} rows, {} deletes, {} replaced or deleted in place, {} stale, {} files, {} bytes, {} ms, lag {}",
                snapshot.version(),
                location,
                commit.plan().rowCount(),
                commit.plan().deleted().size(),
                commit.plan().killCount(),
                commit.plan().stale(),
                commit.written().files().size(),
                commit.written().bytes(),
                now - start,
                newest.isPresent() ? (now - newest.getAsLong()) + " ms" : "unknown");
    }
}
