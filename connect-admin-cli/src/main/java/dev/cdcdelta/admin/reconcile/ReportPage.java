package dev.cdcdelta.admin.reconcile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A run as one page that needs nothing else: no script, no network. It is XML too, so that any reader takes it. */
public final class ReportPage {
    private static final int FINDINGS_SHOWN = 500;

    private final RunState state;
    private final List<Difference> findings;

    /** @param findings of the run */
    public ReportPage(RunState state, List<Difference> findings) {
        this.state = state;
        this.findings = List.copyOf(findings);
    }

    public String html() {
        String verdict = state.hasEnded()
                ? state.verdict().map(Verdict::toString).orElse("failed")
                : "unfinished";
        var body = new StringBuilder();
        body.append("<header><h1>Reconciliation ")
                .append(HtmlText.of(state.run()))
                .append("</h1><p class=\"verdict ")
                .append(verdict)
                .append("\">")
                .append(verdict)
                .append("</p></header>");
        body.append("<p>").append(HtmlText.of(meaning(verdict))).append("</p>");
        classes(body);
        body.append("<h2>Collections</h2>");
        state.lines().forEach(line -> collection(body, line));
        legend(body);
        if (!state.ranges().isEmpty()) {
            body.append("<h2>Throughput</h2>").append(ThroughputChart.svg(state.ranges()));
        }
        findings(body);
        return template().replace("{title}", HtmlText.of("Reconciliation " + state.run())).replace("{body}", body);
    }

    private static String meaning(String verdict) {
        return switch (verdict) {
            case "clean" -> "Every table equals its collection.";
            case "repaired" -> "There were differences. All are repaired, and each repair was seen in the table.";
            case "unverified" -> "Nothing is known to be wrong, but some documents kept changing or were not looked at.";
            case "discrepancies" -> "Tables differ from their collections.";
            case "unfinished" -> "The run has not ended.";
            default -> "Of some collection nothing can be said.";
        };
    }

    private void classes(StringBuilder body) {
        body.append("<ul class=\"tiles\">");
        for (String kind : Counts.CLASSES) {
            long sum = state.reports().stream()
                    .mapToLong(report -> report.counts().findings().getOrDefault(kind, 0L))
                    .sum();
            body.append("<li class=\"").append(sum > 0 ? kind : "none").append("\"><b>").append(HtmlText.count(sum));
            body.append("</b><span>").append(kind).append("</span></li>");
        }
        body.append("</ul>");
    }

    private void collection(StringBuilder body, RunState.Line line) {
        List<RangeReport> ranges = state.ranges().stream()
                .filter(range -> range.collection().equals(line.collection()))
                .toList();
        body.append("<section><h3>").append(HtmlText.of(line.collection())).append("</h3>");
        line.report()
                .ifPresentOrElse(
                        report -> facts(body, report),
                        () -> body.append("<p>")
                                .append(line.done())
                                .append(" of ")
                                .append(line.ranges() == 0 ? "?" : line.ranges())
                                .append(" ranges are done.</p>"));
        if (!ranges.isEmpty()) {
            body.append(KeySpaceStrip.svg(line.collection(), ranges));
            body.append("<p class=\"note\">from the first _id to the last</p>");
        }
        body.append("</section>");
    }

    private static void facts(StringBuilder body, CollectionReport report) {
        Counts counts = report.counts();
        body.append("<p><span class=\"verdict ").append(report.verdict()).append("\">").append(report.verdict());
        body.append("</span> ").append(HtmlText.of(report.table())).append(", version ").append(report.tableVersion());
        Instant verified = report.verifiedThrough();
        if (verified != null) {
            body.append(", right as of ").append(verified);
        }
        body.append("</p><p class=\"note\">")
                .append(HtmlText.count(counts.documents()))
                .append(" documents (")
                .append(HtmlText.bytes(counts.bytes()))
                .append("), ")
                .append(HtmlText.count(counts.rows()))
                .append(" rows, ")
                .append(report.ranges())
                .append(" ranges in ")
                .append(HtmlText.count(Math.round(counts.seconds())))
                .append(" s: ")
                .append(HtmlText.bytes(counts.bytes() / counts.seconds()))
                .append("/s; ")
                .append(HtmlText.count(counts.repaired()))
                .append(" repaired, ")
                .append(HtmlText.count(counts.unexamined()))
                .append(" not examined</p>");
        if (!counts.failure().isEmpty()) {
            body.append("<p class=\"failure\">").append(HtmlText.of(counts.failure())).append("</p>");
        }
    }

    private static void legend(StringBuilder body) {
        body.append("<p class=\"legend\">");
        for (String kind : List.of("clean", "missing", "extra", "different", "duplicate", "hot", "failed", "open")) {
            body.append("<span><i class=\"").append(kind).append("\"></i>").append(kind).append("</span> ");
        }
        body.append("</p>");
    }

    private void findings(StringBuilder body) {
        body.append("<h2>Findings</h2>");
        if (findings.isEmpty()) {
            body.append("<p>None.</p>");
            return;
        }
        body.append("<div class=\"scroll\"><table><thead><tr><th>collection</th><th>_id</th><th>class</th><th>range</th>"
                + "<th>where</th><th>repair</th></tr></thead><tbody>");
        findings.stream().limit(FINDINGS_SHOWN).forEach(finding -> {
            body.append("<tr>");
            for (String cell : List.of(
                    finding.collection(),
                    finding.key(),
                    finding.kind(),
                    Integer.toString(finding.range()),
                    String.join(", ", finding.paths()),
                    finding.repair() + (finding.detail().isEmpty() ? "" : ": " + finding.detail()))) {
                body.append("<td>").append(HtmlText.of(cell)).append("</td>");
            }
            body.append("</tr>");
        });
        body.append("</tbody></table></div>");
        if (findings.size() > FINDINGS_SHOWN) {
            body.append("<p class=\"note\">The first ").append(FINDINGS_SHOWN).append(" of ");
            body.append(HtmlText.count(findings.size())).append("; 'reconcile findings' lists all.</p>");
        }
    }

    private static String template() {
        try (InputStream resource = ReportPage.class.getResourceAsStream("report.html")) {
            return new String(Objects.requireNonNull(resource, "report.html").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
