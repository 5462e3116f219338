package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.finding.UnverifiableException;
import dev.cdcdelta.reconcile.range.PieceDigests;
import dev.cdcdelta.reconcile.range.RangeDigest;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.reconcile.source.DocumentHashes;
import dev.cdcdelta.reconcile.source.Documents;
import dev.cdcdelta.reconcile.table.TableSide;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bson.BsonTimestamp;

/**
 * A task's part of one collection: digests of its ranges, some hundred at a time behind a barrier of their own, and an {@link Examination}
 * of those that differ. A range is done with its progress record; whatever comes before that is done again by the next owner of the
 * range. What is held at a time does not grow with the collection.
 */
final class CollectionWork {
    /** One pass over the table and one barrier serve so many. */
    private static final int RANGES_A_PASS = 256;

    /** Unequal ranges that are held, as at most {@link PieceDigests} each. */
    private static final int UNEQUAL_RANGES = 64;

    private final Parts parts;
    private final RangePlan plan;
    private final Clock clock;
    private final Examination examination;

    /**
     * What it works with.
     *
     * @param sameCollection fails where the collection is no longer the one that the plan was made of
     * @param lag waits while the pipeline is behind
     * @param repaired how many repairs this task has sent for the collection
     */
    record Parts(
            ReconcileSettings settings,
            Documents source,
            TableSide table,
            Barrier barrier,
            Runnable sameCollection,
            Runnable lag,
            PipelineRules rules,
            Records records,
            RepairEvents repairs,
            RowPaths paths,
            Supplier<BsonTimestamp> operationTime,
            AtomicInteger repaired,
            RunCounters counters,
            Output output) {
        /** Those of the documents as the table, as it is now, would hold them. */
        DocumentHashes hashes() {
            return rules.hashes(table.snapshot());
        }
    }

    CollectionWork(Parts parts, RangePlan plan, Clock clock) {
        this.parts = parts;
        this.plan = plan;
        this.clock = clock;
        this.examination = new Examination(parts, plan, clock);
    }

    void run(BitSet ranges) {
        long started = clock.millis();
        BitSet todo = (BitSet) ranges.clone();
        try {
            while (!todo.isEmpty()) {
                BitSet some = new BitSet();
                todo.stream().limit(RANGES_A_PASS).forEach(some::set);
                compare(some);
                todo.andNot(some);
            }
        } catch (UnverifiableException e) {
            RangeResult failed = new RangeResult(
                    0,
                    0,
                    0,
                    Map.of(),
                    0,
                    0,
                    -1,
                    -1,
                    started,
                    clock.millis(),
                    Optional.of(String.valueOf(e.getMessage())));
            todo.stream()
                    .filter(range -> !examination.hasDone(range))
                    .forEach(range -> parts.output().write(parts.records().progress(range, failed)));
        }
    }

    private void compare(BitSet ranges) {
        parts.sameCollection().run();
        Barrier.Passed passed = parts.barrier().pass();
        DocumentHashes hashes = parts.hashes();
        List<RangeDigest> rows = parts.table().digests(plan, ranges);
        List<Examination.Unequal> unequal = new ArrayList<>();
        for (int range : ranges.stream().toArray()) {
            parts.lag().run();
            long started = clock.millis();
            PieceDigests documents = new PieceDigests();
            long[] bytes = {0};
            parts.source().scan(plan.range(range), passed.operationTime(), document -> {
                documents.add(document::id, hashes.of(document));
                bytes[0] += document.bytes();
                parts.counters().read(document.bytes());
            });
            RangeDigest inTable = rows.get(range);
            Examination.Unequal compared =
                    new Examination.Unequal(range, documents, bytes[0], inTable.count(), started);
            if (documents.all().matches(inTable)) {
                examination.equal(compared, passed);
            } else {
                unequal.add(compared);
            }
            if (unequal.size() == UNEQUAL_RANGES) {
                examination.of(unequal);
                unequal.clear();
            }
        }
        if (!unequal.isEmpty()) {
            examination.of(unequal);
        }
    }
}
