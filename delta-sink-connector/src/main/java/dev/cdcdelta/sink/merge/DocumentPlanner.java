package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** One row per document: the newest change of each key takes the place of its row. */
final class DocumentPlanner implements MergePlanner {
    /** @param isGone whether the document was deleted, in another partition, before what the change updates */
    private record Winner(TopicPartition partition, BufferedChange change, boolean isGone) {}

    private final boolean keepsDeleted;
    private final StoredKeys keys;

    DocumentPlanner(TableKind kind, StoredKeys keys) {
        this.keepsDeleted = kind == TableKind.MARKED_DOCUMENTS;
        this.keys = keys;
    }

    @Override
    public MergePlan plan(Collection<PartitionBatch> batches) {
        MergePlan.Draft draft = new MergePlan.Draft();
        winners(batches, draft).values().forEach(winner -> apply(winner, draft));
        return draft.finish();
    }

    /** One change per key: while keys move between partitions, two of them can hold the same. */
    private Map<DocumentKey, Winner> winners(Collection<PartitionBatch> batches, MergePlan.Draft draft) {
        Map<DocumentKey, Winner> winners = new LinkedHashMap<>();
        for (PartitionBatch batch : batches) {
            draft.addStale(batch.stale());
            for (BufferedChange change : batch.changes()) {
                Winner challenger = new Winner(batch.partition(), change, false);
                Winner other = winners.putIfAbsent(change.key(), challenger);
                if (other != null) {
                    draft.addStale(1);
                    winners.put(change.key(), newer(other, challenger));
                }
            }
        }
        return winners;
    }

    /** The last image of a document that is deleted in one partition may have come in the other. */
    private Winner newer(Winner first, Winner second) {
        boolean isLater = second.change().version().supersedes(first.change().version());
        Winner winner = isLater ? second : first;
        Winner loser = isLater ? first : second;
        BufferedChange change = winner.change();
        boolean isGone =
                winner.isGone() || change.needsStoredRow() && loser.change().isDelete();
        BufferedChange whole = change;
        if (change.needsStoredRow() && !isGone) {
            whole = change.on(loser.change());
        } else if (keepsDeleted && change.isDelete()) {
            whole = change.withImageOf(loser.change());
        }
        return new Winner(
                winner.partition(),
                whole.withBorn(first.change().born() || second.change().born()),
                isGone);
    }

    private void apply(Winner newest, MergePlan.Draft draft) {
        SourceVersion held = keys.versionOf(newest.change().key());
        if (!newest.change().version().supersedes(held)) {
            draft.addStale(1);
            return;
        }
        Winner winner = newest;
        if (newest.change().needsStoredRow()) {
            BufferedChange since = newest.change().since(held);
            draft.addStale(newest.change().updates().size() - since.updates().size());
            winner = new Winner(newest.partition(), since, newest.isGone());
        }
        BufferedChange change = winner.change();
        Optional<RowLocation> stored = keys.find(change.key());
        if (stored.isEmpty() && !held.isKnown() && change.presumesDocument()) {
            draft.addStray(winner.partition().topic());
        }
        if (!change.isDelete()) {
            draft.add(written(winner, stored));
        } else if (keepsDeleted) {
            mark(winner, stored, draft);
        } else {
            remove(winner, stored, draft);
        }
    }

    private static RowChange written(Winner winner, Optional<RowLocation> stored) {
        BufferedChange change = winner.change();
        RowChange.Written written = new RowChange.Written(winner.partition(), change, Optional.empty(), stored);
        if (change.updates().isEmpty()) {
            return written;
        }
        RowChange.Basis basis = winner.isGone() ? new RowChange.Basis.Missing() : RowChange.Basis.of(change, stored);
        return new RowChange.Updated(written, basis);
    }

    /**
     * A lone tombstone tells no time, so that a version known before is kept: the row's, or that of the delete which the tombstone
     * follows, where a restart fell between the two.
     */
    private static void remove(Winner winner, Optional<RowLocation> stored, MergePlan.Draft draft) {
        BufferedChange change = winner.change();
        stored.ifPresent(row -> draft.add(new RowChange.Removed(row)));
        if (change.version().isKnown()) {
            draft.delete(change.key(), change.version(), winner.partition());
        } else {
            stored.ifPresent(row -> draft.delete(change.key(), row.version(), winner.partition()));
        }
    }

    /** The row keeps the newest image there is: of the batch, else the stored one, else the key alone. */
    private static void mark(Winner winner, Optional<RowLocation> stored, MergePlan.Draft draft) {
        BufferedChange change = winner.change();
        if (stored.isEmpty()
                || change.hasImage()
                        && change.newestImage().supersedes(stored.get().version())) {
            draft.add(written(winner, stored));
            return;
        }
        RowLocation row = stored.get();
        SourceVersion version = change.version().isKnown() ? change.version() : row.version();
        draft.add(
                new RowChange.Rewritten(winner.partition(), change.key(), row, new RowChange.Amendment.Mark(version)));
    }
}
