package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts compacted files into a table, on the thread that flushes it, between two flushes. What has changed since the files were read is
 * looked at before each attempt; a commit holds only for the very snapshot that was looked at, so that of two tasks that compact the same
 * files one finds them gone.
 */
public final class CompactionInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionInstaller.class);
    private static final int ATTEMPTS = 5;

    private final Commits commits;
    private final InstallPace pace;

    public CompactionInstaller(Commits commits, InstallPace pace) {
        this.commits = commits;
        this.pace = pace;
    }

    /** The step that makes an installation durable. */
    @FunctionalInterface
    public interface Commits {
        TableSnapshot commit(DeltaTable table, TableCommit commit) throws LostRaceException;
    }

    /**
     * Takes the files over, whatever comes of it.
     *
     * @param table the flushing thread's own
     * @param index of the table; it matches the committed snapshot afterwards
     * @throws org.apache.kafka.connect.errors.ConnectException if the storage fails; the new files are left where they are, because the
     *     commit may have happened
     */
    public InstallResult install(DeltaTable table, FollowingIndex index, CompactedFiles compacted) {
        compacted.all().forEach(file -> table.takeOver(file, compacted.writer()));
        try {
            if (!compacted.isOf(index.owned())) {
                throw new StaleCompactionException("the task has given up the topic partition");
            }
            return attempt(table, index, compacted);
        } catch (StaleCompactionException e) {
            compacted.all().forEach(table::discard);
            LOG.info("Compaction of {} is given up: {}", table.location(), e.getMessage());
            return InstallResult.abandoned(String.valueOf(e.getMessage()));
        }
    }

    private InstallResult attempt(DeltaTable table, FollowingIndex index, CompactedFiles compacted)
            throws StaleCompactionException {
        long started = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            TableSnapshot snapshot = table.refresh();
            index.catchUp(table);
            Installation installation = Installation.in(snapshot, compacted, table::deletedPositions);
            try {
                TableSnapshot committed = commits.commit(table, installation.commitTo(snapshot));
                compacted.files().stream()
                        .filter(file -> !installation.added().contains(file))
                        .forEach(table::discard);
                Duration commit = since(started);
                follow(table, index, compacted, committed);
                Duration held = since(started);
                pace.measured(compacted.rows(), commit, held.minus(commit));
                return installed(table, compacted, installation, held);
            } catch (LostRaceException e) {
                if (attempt == ATTEMPTS || since(started).compareTo(pace.maxPause()) > 0) {
                    throw new StaleCompactionException("lost " + attempt + " races for the next version in a row");
                }
            }
        }
    }

    private static void follow(
            DeltaTable table, FollowingIndex index, CompactedFiles compacted, TableSnapshot committed) {
        try (MovedKeys moved = new MovedKeys(table, compacted)) {
            index.moved(moved, committed);
        }
    }

    private static InstallResult installed(
            DeltaTable table, CompactedFiles compacted, Installation installation, Duration held) {
        LOG.info(
                "Compacted {}: {} files to {}, {} rows, {} bytes; flushes waited for {} ms",
                table.location(),
                installation.removed().size(),
                installation.newFiles(),
                compacted.rows(),
                installation.added().stream().mapToLong(DataFile::size).sum(),
                held.toMillis());
        return new InstallResult(
                true, "", compacted.rows(), installation.removed().size(), installation.newFiles());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
