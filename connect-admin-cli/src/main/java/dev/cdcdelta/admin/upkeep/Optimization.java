package dev.cdcdelta.admin.upkeep;

import dev.cdcdelta.sink.compact.CompactedFiles;
import dev.cdcdelta.sink.compact.CompactionGroup;
import dev.cdcdelta.sink.compact.CompactionInstaller;
import dev.cdcdelta.sink.compact.CompactionPlanner;
import dev.cdcdelta.sink.compact.CompactionPolicy;
import dev.cdcdelta.sink.compact.Compactor;
import dev.cdcdelta.sink.compact.FollowingIndex;
import dev.cdcdelta.sink.compact.InstallPace;
import dev.cdcdelta.sink.compact.InstallResult;
import dev.cdcdelta.sink.index.MovedRow;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Compacts a table by the sink's own rules and steps, in another process than the sink. Each installation is a commit on top of the very
 * snapshot that was looked at, so it cannot undo what the sink does at the same time; the sink reads anew where its rows went, as after any
 * other program's OPTIMIZE.
 */
public final class Optimization {
    /** Nobody waits for this program between two flushes; but the larger a group, the likelier the sink changes a file of it. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MOST_ROUNDS = 10_000;

    /** So long that this program lets the table forget no delete: that is the sink's to decide. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final DeltaTables tables;
    private final long targetBytes;

    /** @param targetBytes size of a rewritten file, about */
    public Optimization(DeltaTables tables, long targetBytes) {
        this.tables = tables;
        this.targetBytes = targetBytes;
    }

    /** The groups of files that would be rewritten together first. */
    public List<CompactionGroup> plan(DeltaTable table) {
        return new CompactionPlanner(targetBytes)
                .plan(
                        table.snapshot().files().values(),
                        partitions(table.snapshot()),
                        new InstallPace(LONGEST).installableRows());
    }

    /** Compacts group by group until nothing is left to do, or somebody else's changes leave nothing to install. */
    public List<InstallResult> run(DeltaTable table) {
        InstallPace pace = new InstallPace(LONGEST);
        CompactionPolicy policy = new CompactionPolicy(true, Duration.ZERO, targetBytes, LONGEST, FOR_EVER);
        List<InstallResult> results = new ArrayList<>();
        CompactionInstaller installer = new CompactionInstaller(DeltaTable::commit, pace);
        try (Compactor compactor = new Compactor(policy, pace, tables, Runnable::run, Clock.systemUTC())) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Set<TopicPartition> all = partitions(table.refresh());
                compactor.look(table.location(), table.snapshot(), all);
                Optional<CompactedFiles> ready = compactor.takeReady(table.location());
                if (ready.isEmpty()) {
                    return results;
                }
                InstallResult result = installer.install(table, new NoIndex(all), ready.get());
                compactor.installed(table.location(), result);
                results.add(result);
                if (!result.installed()) {
                    return results;
                }
            }
        }
        return results;
    }

    /** Those that the table's offsets name, of whatever connector: files without their tags are left to whoever wrote them. */
    private static Set<TopicPartition> partitions(TableSnapshot snapshot) {
        return dev.cdcdelta.admin.table.PartitionProgress.of(snapshot.transactions()).stream()
                .map(progress -> new TopicPartition(progress.topic(), progress.partition()))
                .collect(java.util.stream.Collectors.toSet());
    }

    /** This program keeps none. */
    private record NoIndex(Set<TopicPartition> owned) implements FollowingIndex {
        @Override
        public void catchUp(DeltaTable table) {}

        @Override
        public void moved(Iterator<MovedRow> rows, TableSnapshot committed) {}
    }
}
