package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.finding.Finding;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.finding.Suspects;
import dev.cdcdelta.reconcile.range.KeyValue;
import dev.cdcdelta.reconcile.range.PieceDigests;
import dev.cdcdelta.reconcile.range.PiecePlan;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.source.DocumentHashes;
import dev.cdcdelta.sink.trace.Tracing;
import dev.cdcdelta.smt.key.DocumentKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Ranges that differ, bisected: which of their pieces do, which documents of these, and which of those for sure. Ends with the findings,
 * their repairs and the progress records of the ranges.
 */
final class Examination {
    /** Documents that are held at a time, as keys and hashes: about 60 MB. */
    private static final long MOST_HELD = 200_000;

    private final CollectionWork.Parts parts;
    private final RangePlan plan;
    private final Clock clock;
    private final BitSet done = new BitSet();
    private long examined;

    /**
     * A range.
     *
     * @param documents of the collection
     * @param bytes of them
     * @param rows that the table has
     */
    record Unequal(int range, PieceDigests documents, long bytes, long rows, long startedMillis) {
        long size() {
            return Math.max(documents.all().count(), rows);
        }
    }

    Examination(CollectionWork.Parts parts, RangePlan plan, Clock clock) {
        this.parts = parts;
        this.plan = plan;
        this.clock = clock;
    }

    boolean hasDone(int range) {
        return done.get(range);
    }

    /** Nothing is to be examined. */
    void equal(Unequal range, Barrier.Passed passed) {
        done(range, passed, List.of(), 0, 0);
    }

    /** Examines as much of the ranges as the limit on findings leaves. */
    void of(List<Unequal> ranges) {
        int left = (int) Math.max(0, parts.settings().runs().maxFindings() - examined);
        Barrier.Passed passed = parts.barrier().pass();
        parts.sameCollection().run();
        if (left == 0) {
            ranges.forEach(range -> done(range, passed, List.of(), range.size(), 0));
            return;
        }
        DocumentHashes hashes = parts.hashes();
        Suspects suspects = suspects(ranges, left, passed, hashes);
        List<DocumentKey> keys = suspects.keys();
        examined += keys.size();
        Judgement judgement = new Judgement(parts, hashes);
        Map<Integer, List<Finding>> findings = new HashMap<>();
        for (Finding finding : judgement.of(keys, this::rangeOf)) {
            findings.computeIfAbsent(finding.range(), range -> new ArrayList<>())
                    .add(finding);
        }
        parts.sameCollection().run();
        Repairs repairs = new Repairs(parts, judgement);
        for (Unequal range : ranges) {
            List<Finding> found = findings.getOrDefault(range.range(), List.of());
            long repaired = repairs.handle(found, range.size());
            long beyond = suspects.beyond().getOrDefault(range.range(), 0L);
            done(range, judgement.last().orElse(passed), found, beyond, repaired);
        }
    }

    private Suspects suspects(List<Unequal> ranges, int most, Barrier.Passed passed, DocumentHashes hashes) {
        TreeMap<Integer, PieceDigests> documents = new TreeMap<>();
        ranges.forEach(range -> documents.put(range.range(), range.documents()));
        PiecePlan pieces = PiecePlan.of(plan, documents);
        BitSet differing = pieces.differing(parts.table().digests(pieces.plan(), pieces.pieces()));
        Suspects suspects = new Suspects(most, this::rangeOf);
        for (BitSet group : pieces.groups(differing, MOST_HELD)) {
            for (int piece : group.stream().toArray()) {
                parts.source()
                        .scan(
                                pieces.plan().range(piece),
                                passed.operationTime(),
                                document -> suspects.document(document.key(), hashes.of(document)));
            }
            parts.table().rows(pieces.plan(), group, suspects::row);
            suspects.endOfRows();
        }
        return suspects;
    }

    private int rangeOf(DocumentKey key) {
        return plan.indexOf(KeyValue.of(key));
    }

    private void done(Unequal range, Barrier.Passed passed, List<Finding> findings, long unexamined, long repaired) {
        Map<FindingClass, Long> counts = new HashMap<>();
        findings.forEach(finding -> counts.merge(finding.kind(), 1L, Long::sum));
        RangeResult result = new RangeResult(
                range.documents().all().count(),
                range.bytes(),
                range.rows(),
                counts,
                unexamined,
                repaired,
                passed.operationTime().getValue(),
                passed.version(),
                range.startedMillis(),
                clock.millis(),
                Optional.empty());
        parts.output().write(parts.records().progress(range.range(), result));
        parts.counters().done(result);
        new RangeSpan(Tracing.ofWorker(), parts.table().location())
                .record(range.range(), range.startedMillis(), clock.millis(), result);
        done.set(range.range());
    }
}
