package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.PartitionBatch;
import java.util.Collection;
import java.util.Optional;

/** Every change is a row. */
final class EventPlanner implements MergePlanner {
    @Override
    public MergePlan plan(Collection<PartitionBatch> batches) {
        MergePlan.Draft draft = new MergePlan.Draft();
        for (PartitionBatch batch : batches) {
            for (BufferedChange change : batch.changes()) {
                draft.add(new RowChange.Written(batch.partition(), change, Optional.empty(), Optional.empty()));
            }
        }
        return draft.finish();
    }
}
