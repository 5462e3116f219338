package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Decides what a batch changes in the table that an index describes. Pure: the index stays as it is. */
final class MergePlanner {
    private record Winner(TopicPartition partition, BufferedChange buffered) {
        Change change() {
            return buffered.change();
        }
    }

    private final KeyIndex index;
    private final Map<TopicPartition, List<PlannedRow>> rows = new LinkedHashMap<>();
    private final Map<String, Roaring64Bitmap> kills = new LinkedHashMap<>();
    private final List<Change.Delete> deletes = new ArrayList<>();
    private long stale;

    private MergePlanner(KeyIndex index) {
        this.index = index;
    }

    static MergePlan plan(Collection<PartitionBatch> batches, KeyIndex index) {
        MergePlanner planner = new MergePlanner(index);
        planner.winners(batches).values().forEach(planner::apply);
        return new MergePlan(planner.rows, planner.kills, planner.deletes, planner.stale);
    }

    /** One change per key: while keys move between partitions, two of them can hold the same. */
    private Map<DocumentKey, Winner> winners(Collection<PartitionBatch> batches) {
        Map<DocumentKey, Winner> winners = new LinkedHashMap<>();
        for (PartitionBatch batch : batches) {
            stale += batch.stale();
            for (BufferedChange buffered : batch.changes()) {
                Change change = buffered.change();
                Winner other = winners.get(change.key());
                if (other != null) {
                    stale++;
                }
                if (other == null || change.version().supersedes(other.change().version())) {
                    winners.put(change.key(), new Winner(batch.partition(), buffered));
                }
            }
        }
        return winners;
    }

    private void apply(Winner winner) {
        Change change = winner.change();
        if (!change.version().supersedes(index.versionOf(change.key()))) {
            stale++;
            return;
        }
        index.find(change.key())
                .ifPresent(row -> kills.computeIfAbsent(row.file(), file -> new Roaring64Bitmap())
                        .addLong(row.position()));
        if (change instanceof Change.Upsert upsert) {
            rows.computeIfAbsent(winner.partition(), partition -> new ArrayList<>())
                    .add(new PlannedRow(upsert, winner.buffered()));
        } else if (change instanceof Change.Delete delete) {
            deletes.add(delete);
        }
    }
}
