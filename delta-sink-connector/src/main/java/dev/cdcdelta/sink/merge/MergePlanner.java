package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.schema.TableKind;
import java.util.Collection;

/** Decides what a batch changes in a table. Pure: neither the batch nor what is known of the table changes. */
sealed interface MergePlanner permits DocumentPlanner, EventPlanner, VersionPlanner {
    MergePlan plan(Collection<PartitionBatch> batches);

    /** @param now milliseconds since the epoch, for versions whose source tells no time */
    static MergePlanner of(TableKind kind, StoredKeys keys, long now) {
        return switch (kind) {
            case DOCUMENTS, MARKED_DOCUMENTS -> new DocumentPlanner(kind, keys);
            case EVENTS -> new EventPlanner();
            case VERSIONS -> new VersionPlanner(keys, now);
        };
    }
}
