package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.reconcile.CollectionReport;
import dev.cdcdelta.admin.reconcile.Counts;
import dev.cdcdelta.admin.reconcile.Difference;
import dev.cdcdelta.admin.reconcile.RunState;
import dev.cdcdelta.admin.reconcile.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs, reports and findings as reports of this program. */
final class ReconcileView {
    private ReconcileView() {}

    static Report run(RunState state) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("run", state.run());
        facts.put("state", state.hasEnded() ? "ended" : state.isPlanned() ? "running" : "not begun");
        facts.put("verdict", state.hasEnded() ? state.verdict().map(Verdict::toString).orElse(null) : null);
        facts.put("percent", Math.round(state.share() * 100));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (RunState.Line line : state.lines()) {
            CollectionReport report = line.report().orElse(null);
            List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                    line.collection(), line.done(), line.ranges(), report == null ? null : report.verdict().toString()));
            Counts.CLASSES.forEach(
                    kind -> row.add(report == null ? null : report.counts().findings().get(kind)));
            row.add(report == null ? null : report.counts().repaired());
            row.add(report == null ? null : report.counts().unexamined());
            row.add(report == null ? null : report.verifiedThrough());
            row.add(report == null || report.counts().failure().isEmpty() ? null : report.counts().failure());
            rows.add(row);
        }
        List<String> columns = new ArrayList<>(List.of("collection", "done", "ranges", "verdict"));
        columns.addAll(Counts.CLASSES);
        columns.addAll(List.of("repaired", "unexamined", "verifiedThrough", "failure"));
        return Report.Sections.of("run", new Report.Facts(facts)).and("collections", new Report.Rows(columns, rows));
    }

    static Report.Rows reports(List<CollectionReport> reports) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (CollectionReport report : reports) {
            rows.add(Arrays.asList(
                    report.run(),
                    report.collection(),
                    report.verdict().toString(),
                    report.counts().documents(),
                    report.counts().rows(),
                    report.counts().found(),
                    report.counts().repaired(),
                    report.counts().ended(),
                    report.verifiedThrough()));
        }
        return new Report.Rows(
                List.of(
                        "run",
                        "collection",
                        "verdict",
                        "documents",
                        "rows",
                        "findings",
                        "repaired",
                        "ended",
                        "verifiedThrough"),
                rows);
    }

    static Report.Rows findings(List<Difference> findings) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Difference finding : findings) {
            rows.add(Arrays.asList(
                    finding.run(),
                    finding.collection(),
                    finding.key(),
                    finding.kind(),
                    finding.range(),
                    finding.rows(),
                    finding.paths(),
                    finding.repair(),
                    finding.detail()));
        }
        return new Report.Rows(
                List.of("run", "collection", "key", "class", "range", "rows", "paths", "repair", "detail"), rows);
    }

    /** A clean verdict, and nothing else, is success. */
    static int exitCode(RunState state) {
        boolean clean = state.hasEnded()
                && state.verdict().filter(verdict -> verdict == Verdict.CLEAN).isPresent();
        return (clean ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }
}
