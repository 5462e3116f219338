package dev.cdcdelta.admin.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far a run has come: its plan held against ranges that are done and reports that were written. */
public record RunState(
        String run, Set<String> planned, List<RangeReport> ranges, List<CollectionReport> reports) {
    public RunState {
        planned = Set.copyOf(planned);
        ranges = List.copyOf(ranges);
        reports = List.copyOf(reports);
    }

    /** @param planned empty while the connector has made no plan of the run, or made one of a later run */
    static RunState of(
            String run,
            Optional<ReconcileTopics.Plan> planned,
            List<RangeReport> ranges,
            List<CollectionReport> reports) {
        return new RunState(
                run,
                planned.filter(plan -> plan.run().equals(run))
                        .map(ReconcileTopics.Plan::collections)
                        .orElse(Set.of()),
                ranges,
                reports);
    }

    public static RunState read(ReconcileTopics topics, String run) {
        return of(
                run,
                topics.plan(),
                topics.progress(run),
                topics.reports(report -> report.run().equals(run)));
    }

    /** One collection of a run. */
    public record Line(String collection, int done, int ranges, Optional<CollectionReport> report) {}

    /** In the order of the names. A collection of which nothing is known but its name has 0 ranges. */
    public List<Line> lines() {
        Map<String, int[]> counts = new TreeMap<>();
        planned.forEach(collection -> counts.put(collection, new int[2]));
        ranges.forEach(range -> {
            int[] count = counts.computeIfAbsent(range.collection(), collection -> new int[2]);
            count[0]++;
            count[1] = Math.max(count[1], range.ranges());
        });
        Map<String, CollectionReport> known = new TreeMap<>();
        reports.forEach(report -> known.put(report.collection(), report));
        known.keySet().forEach(collection -> counts.computeIfAbsent(collection, each -> new int[2]));
        List<Line> lines = new ArrayList<>();
        counts.forEach((collection, count) -> {
            CollectionReport report = known.get(collection);
            int all = report == null ? count[1] : report.ranges();
            lines.add(new Line(collection, report == null ? count[0] : all, all, Optional.ofNullable(report)));
        });
        return lines;
    }

    public boolean isPlanned() {
        return !planned.isEmpty() || !reports.isEmpty();
    }

    /** Every collection of the plan has its report. */
    public boolean hasEnded() {
        Set<String> missing = new TreeSet<>(planned);
        reports.forEach(report -> missing.remove(report.collection()));
        return !reports.isEmpty() && missing.isEmpty();
    }

    /** Of the reports so far; empty while there is none. */
    public Optional<Verdict> verdict() {
        return Verdict.worst(reports);
    }

    /** From 0 to 1: each collection counts alike, since the ranges of one that has not begun are not known. */
    public double share() {
        List<Line> lines = lines();
        return lines.isEmpty()
                ? 0
                : lines.stream()
                        .mapToDouble(line -> line.report().isPresent()
                                ? 1
                                : line.ranges() == 0 ? 0 : (double) line.done() / line.ranges())
                        .average()
                        .orElse(0);
    }
}
