package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.Deletion;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What a batch changes in its table.
 *
 * @param deleted keys that no row stands for afterwards
 * @param stale changes that the table, or another of the batch, is ahead of
 * @param strayTopics topics with changes of documents that the table should know and does not: their keys may have moved here from
 *     other partitions
 */
record MergePlan(List<RowChange> changes, Map<DocumentKey, Deletion> deleted, long stale, Set<String> strayTopics) {
    long rowCount() {
        return changes.stream()
                .filter(change -> !(change instanceof RowChange.Removed))
                .count();
    }

    long killCount() {
        return changes.stream().filter(change -> change.killed().isPresent()).count();
    }

    /** The positions of rows that die, by path of a live file. */
    Map<String, Roaring64Bitmap> kills() {
        Map<String, Roaring64Bitmap> kills = new LinkedHashMap<>();
        for (RowChange change : changes) {
            change.killed()
                    .ifPresent(row -> kills.computeIfAbsent(row.file(), file -> new Roaring64Bitmap())
                            .addLong(row.position()));
        }
        return kills;
    }

    /** The same plan with other row changes in the places of its own. */
    MergePlan with(List<RowChange> others) {
        return new MergePlan(others, deleted, stale, strayTopics);
    }

    /** A plan in the making. */
    static final class Draft {
        private final List<RowChange> changes = new ArrayList<>();
        private final Map<DocumentKey, Deletion> deleted = new HashMap<>();
        private final Set<String> strayTopics = new TreeSet<>();
        private long stale;

        void add(RowChange change) {
            changes.add(change);
        }

        void delete(DocumentKey key, SourceVersion version, TopicPartition partition) {
            deleted.put(key, new Deletion(version, partition));
        }

        void addStale(long count) {
            stale += count;
        }

        void addStray(String topic) {
            strayTopics.add(topic);
        }

        MergePlan finish() {
            return new MergePlan(changes, deleted, stale, strayTopics);
        }
    }
}
