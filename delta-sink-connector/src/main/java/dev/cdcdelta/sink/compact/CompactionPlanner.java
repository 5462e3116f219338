package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.table.DataFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Chooses the files that are rewritten together: those of one topic partition and of one table partition. Files without our tags are
 * left to whoever wrote them.
 *
 * <p>A row is rewritten seldom, because each rewrite either completes a full file, or lifts the row a tier ({@link SmallFiles}), or is
 * paid for by the dead rows that it clears away. So n rows cause at most {@code n * (tiers + 1)} row writes, and d dead rows 3 * d more:
 * 2 * d where a third of a file is dead, d where a file fell a tier, of which there are log(rows of a full file).
 */
public final class CompactionPlanner {
    private final long targetBytes;

    public CompactionPlanner(long targetBytes) {
        this.targetBytes = targetBytes;
    }

    /**
     * The groups have no file in common. They are in the order in which they should be rewritten, the most files first.
     *
     * @param owned the partitions whose files nobody else compacts
     * @param installableRows the most live rows that a group may have
     */
    public List<CompactionGroup> plan(Collection<DataFile> files, Set<TopicPartition> owned, long installableRows) {
        FileBounds bounds = new FileBounds(targetBytes, installableRows);
        List<CompactionGroup> groups = new ArrayList<>();
        for (List<DataFile> alike : alike(files, owned).values()) {
            List<DataFile> small = new ArrayList<>();
            for (DataFile file : alike) {
                if (!bounds.isFull(file)) {
                    small.add(file);
                } else if (LiveShare.isLargelyDead(file) && bounds.isInstallable(file)) {
                    groups.add(new CompactionGroup(List.of(file)));
                }
            }
            groups.addAll(SmallFiles.group(small, bounds));
        }
        groups.sort((a, b) -> Integer.compare(b.files().size(), a.files().size()));
        return groups;
    }

    private static Map<Kind, List<DataFile>> alike(Collection<DataFile> files, Set<TopicPartition> owned) {
        Map<Kind, List<DataFile>> alike = new LinkedHashMap<>();
        for (DataFile file : files) {
            if (isOwned(file, owned) && !DeletesFiles.isOne(file)) {
                alike.computeIfAbsent(new Kind(file.tags(), file.partition()), kind -> new ArrayList<>())
                        .add(file);
            }
        }
        return alike;
    }

    static boolean isOwned(DataFile file, Set<TopicPartition> owned) {
        return owned.stream()
                .anyMatch(partition -> file.tags()
                        .entrySet()
                        .containsAll(IndexedFiles.tags(partition).entrySet()));
    }

    private record Kind(Map<String, String> tags, Map<String, Optional<String>> partition) {}
}
