package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.barrier.BarrierException;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.finding.Finding;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.finding.Suspects;
import dev.cdcdelta.reconcile.range.RangeDigest;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.reconcile.source.DocumentHashes;
import dev.cdcdelta.reconcile.source.PacedCollection;
import dev.cdcdelta.reconcile.table.TableSide;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.sink.trace.Tracing;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bson.BsonTimestamp;

/**
 * A task's part of one collection: digests of all its ranges, then the unequal ones document by document, in groups that memory holds.
 * A range is done with its progress record; whatever comes before that is done again by the next owner of the range.
 */
final class CollectionWork {
    /** Documents and rows that are held at a time, as keys and hashes: about 100 MB. */
    private static final long MOST_HELD = 400_000;

    private final Parts parts;
    private final RangePlan plan;
    private final Clock clock;

    /**
     * What it works with.
     *
     * @param repaired how many repairs this task has sent for the collection
     */
    record Parts(
            ReconcileSettings settings,
            PacedCollection source,
            TableSide table,
            Barrier barrier,
            PipelineRules rules,
            Records records,
            RepairEvents repairs,
            RowPaths paths,
            Supplier<BsonTimestamp> operationTime,
            AtomicInteger repaired,
            RunCounters counters,
            Output output) {}

    /** An unequal range, or one that is done with as it is. */
    private record Compared(int range, long documents, long bytes, long rows, long startedMillis) {}

    CollectionWork(Parts parts, RangePlan plan, Clock clock) {
        this.parts = parts;
        this.plan = plan;
        this.clock = clock;
    }

    void run(BitSet ranges) {
        long started = clock.millis();
        try {
            compare(ranges);
        } catch (BarrierException e) {
            // The pipeline stands still, or is slower than the user is patient: that is what the run has found out.
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
            ranges.stream()
                    .forEach(range -> parts.output().write(parts.records().progress(range, failed)));
        }
    }

    private void compare(BitSet todo) {
        Barrier.Passed passed = parts.barrier().pass();
        DocumentHashes hashes = hashes(passed);
        List<RangeDigest> rows = parts.table().digests(plan, todo);
        List<Compared> unequal = new ArrayList<>();
        for (int range : todo.stream().toArray()) {
            long started = clock.millis();
            RangeDigest documents = new RangeDigest();
            long[] bytes = {0};
            parts.source().scan(plan.range(range), passed.operationTime(), document -> {
                documents.add(hashes.of(document.document()));
                bytes[0] += document.bytes();
                parts.counters().read(document.bytes());
            });
            RangeDigest inTable = rows.get(range);
            Compared compared = new Compared(range, documents.count(), bytes[0], inTable.count(), started);
            if (documents.matches(inTable)) {
                done(compared, passed, new Examined());
                todo.clear(range);
            } else {
                unequal.add(compared);
            }
        }
        for (List<Compared> group : groups(unequal)) {
            examine(group);
            group.forEach(compared -> todo.clear(compared.range()));
        }
    }

    private DocumentHashes hashes(Barrier.Passed passed) {
        ColumnType.Struct columns = passed.table().map(TableSnapshot::columns).orElse(new ColumnType.Struct(List.of()));
        return new DocumentHashes(
                parts.rules().planner(),
                parts.rules().rules(),
                columns,
                parts.rules().keepsEverything());
    }

    /** Ranges together as long as memory holds them; one that it does not hold is cut off at the limit on findings. */
    private static List<List<Compared>> groups(List<Compared> ranges) {
        List<List<Compared>> groups = new ArrayList<>();
        long held = 0;
        for (Compared range : ranges) {
            long size = range.documents() + range.rows();
            if (groups.isEmpty() || held + size > MOST_HELD) {
                groups.add(new ArrayList<>());
                held = 0;
            }
            groups.get(groups.size() - 1).add(range);
            held += size;
        }
        return groups;
    }

    private void examine(List<Compared> group) {
        Barrier.Passed passed = parts.barrier().pass();
        DocumentHashes hashes = hashes(passed);
        BitSet wanted = new BitSet();
        group.forEach(compared -> wanted.set(compared.range()));
        Suspects sides = new Suspects();
        parts.table().rows(plan, wanted, sides::add);
        for (Compared compared : group) {
            parts.source()
                    .scan(
                            plan.range(compared.range()),
                            passed.operationTime(),
                            document -> sides.add(document.key(), hashes.of(document.document())));
        }
        Map<Integer, List<DocumentKey>> suspects = new HashMap<>();
        for (DocumentKey key : sides.keys()) {
            suspects.computeIfAbsent(rangeOf(key), range -> new ArrayList<>()).add(key);
        }
        List<DocumentKey> examined = new ArrayList<>();
        Map<Integer, Examined> results = new HashMap<>();
        for (Compared compared : group) {
            Examined result = new Examined();
            List<DocumentKey> all = suspects.getOrDefault(compared.range(), List.of());
            int most = Math.min(all.size(), parts.settings().runs().maxFindings());
            examined.addAll(all.subList(0, most));
            result.unexamined = all.size() - most;
            results.put(compared.range(), result);
        }
        Judgement judgement = new Judgement(parts, hashes);
        for (Finding finding : judgement.of(examined, this::rangeOf)) {
            Examined result = results.get(finding.range());
            (result == null ? results.computeIfAbsent(group.get(0).range(), range -> new Examined()) : result)
                    .findings.add(finding);
        }
        Repairs repairs = new Repairs(parts, judgement);
        for (Compared compared : group) {
            Examined result = results.getOrDefault(compared.range(), new Examined());
            result.repaired = repairs.handle(result.findings, Math.max(compared.documents(), compared.rows()));
            done(compared, judgement.last().orElse(passed), result);
        }
    }

    private int rangeOf(DocumentKey key) {
        return plan.indexOf(ExtendedJson.parse(key.canonical()));
    }

    private void done(Compared compared, Barrier.Passed passed, Examined examined) {
        RangeResult result = new RangeResult(
                compared.documents(),
                compared.bytes(),
                compared.rows(),
                examined.counts(),
                examined.unexamined,
                examined.repaired,
                passed.operationTime().getValue(),
                passed.version(),
                compared.startedMillis(),
                clock.millis(),
                Optional.empty());
        parts.output().write(parts.records().progress(compared.range(), result));
        parts.counters().done(result);
        new RangeSpan(Tracing.ofWorker(), parts.table().location())
                .record(compared.range(), compared.startedMillis(), clock.millis(), result);
    }

    /** What came of the documents of one range. */
    private static final class Examined {
        private final List<Finding> findings = new ArrayList<>();
        private long unexamined;
        private long repaired;

        private Map<FindingClass, Long> counts() {
            Map<FindingClass, Long> counts = new HashMap<>();
            findings.forEach(finding -> counts.merge(finding.kind(), 1L, Long::sum));
            return counts;
        }
    }
}
