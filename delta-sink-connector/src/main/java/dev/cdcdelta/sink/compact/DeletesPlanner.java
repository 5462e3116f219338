package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.table.DataFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Chooses the files of remembered deletes that go, because their time is over, or that become one. A file remembers all its deletes as
 * long as its youngest, so only those of one quarter of the retention are put together: none is remembered for longer than five quarters.
 * In the present quarter eight files of a tier become one of a higher one, as {@link SmallFiles} does with rows; of a quarter that is
 * past, one file is left.
 */
final class DeletesPlanner {
    private static final int PARTS = 4;

    private final Duration retention;

    /** @param retention for which deletes are remembered */
    DeletesPlanner(Duration retention) {
        this.retention = retention;
    }

    /**
     * The groups have no file in common.
     *
     * @param owned the partitions whose files nobody else compacts
     */
    List<CompactionGroup> plan(Collection<DataFile> files, Set<TopicPartition> owned, Instant now) {
        List<DataFile> expired = new ArrayList<>();
        Map<Kind, List<DataFile>> alike = new LinkedHashMap<>();
        for (DataFile file : files) {
            if (DeletesFiles.isOne(file) && CompactionPlanner.isOwned(file, owned)) {
                if (isExpired(file, now)) {
                    expired.add(file);
                } else {
                    alike.computeIfAbsent(kind(file), kind -> new ArrayList<>()).add(file);
                }
            }
        }
        List<CompactionGroup> groups = new ArrayList<>();
        if (!expired.isEmpty()) {
            groups.add(new CompactionGroup(expired));
        }
        long present = part(now);
        alike.forEach((kind, some) -> {
            List<DataFile> together = kind.part() < present ? some : SmallFiles.lift(some, DataFile::rowCount);
            if (together.size() > 1) {
                groups.add(new CompactionGroup(together));
            }
        });
        return groups;
    }

    /** Whether nobody needs to know the file's deletes any more. */
    boolean isExpired(DataFile file, Instant now) {
        return DeletesFiles.committed(file).plus(retention).isBefore(now);
    }

    private Kind kind(DataFile file) {
        Instant committed = DeletesFiles.committed(file);
        return new Kind(DeletesFiles.at(file.tags(), Instant.EPOCH), file.partition(), part(committed));
    }

    private long part(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), Math.max(1, retention.toMillis() / PARTS));
    }

    private record Kind(Map<String, String> tags, Map<String, Optional<String>> partition, long part) {}
}
