package dev.cdcdelta.admin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import dev.cdcdelta.admin.topic.RecordedTopics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReconcileTopicsTest {
    private static final String HOSTILE = "{\"$oid\":\"</td><script>alert('x')</script>\"}&\u0001";
    private static final Reconciler RECONCILER = new Reconciler(
            "check",
            Map.of(
                    "connector.class", "dev.cdcdelta.reconcile.ReconciliationConnector",
                    "database", "shop",
                    "collections", "orders|users"));

    @TempDir
    Path directory;

    private final RecordedTopics kafka = new RecordedTopics();
    private final ReconcileTopics topics = new ReconcileTopics(kafka.scan(), RECONCILER);

    private void plan(String run, String... collections) {
        var pieces = new StringBuilder();
        for (String collection : collections) {
            pieces.append(pieces.isEmpty() ? "" : ",").append('"').append(collection).append("\":1");
        }
        kafka.add("reconciliation.plans", "check|plan", "{\"run\":\"" + run + "\",\"pieces\":{" + pieces + "}}");
    }

    private void progress(String run, String collection, int range, int ranges, String counts) {
        kafka.add("reconciliation.progress", null, record(run, "shop", collection, counts)
                .replace("}", ",\"range\":" + range + ",\"ranges\":" + ranges + "}"));
    }

    private void report(String run, String collection, String verdict, String counts) {
        kafka.add("reconciliation.reports", null, record(run, "shop", collection, counts)
                .replace("}", ",\"verdict\":\"" + verdict + "\",\"ranges\":4,\"table\":\"shop/" + collection
                        + "\",\"table_version\":7,\"verified_through_ms\":"
                        + (verdict.equals("clean") ? "1700000000000" : "null") + "}"));
    }

    private static String record(String run, String database, String collection, String counts) {
        return "{\"run\":\"" + run + "\",\"database\":\"" + database + "\",\"collection\":\"" + collection
                + "\",\"documents\":1000,\"bytes\":1500000,\"rows\":999,\"started_ms\":1000,\"ended_ms\":3000" + counts + "}";
    }

    private void finding(String run, String key, String kind, String repair) {
        kafka.add(
                "reconciliation.findings",
                null,
                "{\"run\":\"" + run + "\",\"database\":\"shop\",\"collection\":\"orders\",\"key\":"
                        + new com.fasterxml.jackson.databind.node.TextNode(key) + ",\"class\":\"" + kind
                        + "\",\"range\":2,\"rows\":0,\"paths\":[\"a.b\"],\"repair\":\"" + repair + "\",\"detail\":null}");
    }

    @Test
    void aRunHasEndedOnceEveryCollectionOfItsPlanHasAReport() {
        plan("old", "orders");
        plan("r1", "orders", "users");
        assertThat(RunState.read(topics, "r1").isPlanned()).isTrue();
        assertThat(RunState.read(topics, "r1").share()).isZero();

        progress("r1", "orders", 0, 4, "");
        progress("r1", "orders", 0, 4, "");
        progress("r1", "orders", 1, 4, "");
        progress("old", "orders", 2, 4, "");
        assertThat(RunState.read(topics, "r1").share()).isEqualTo(0.25);
        assertThat(RunState.read(topics, "r1").lines().get(0).done()).isEqualTo(2);

        report("r1", "orders", "clean", "");
        assertThat(RunState.read(topics, "r1").hasEnded()).isFalse();
        report("r1", "users", "discrepancies", ",\"missing\":2");
        RunState end = RunState.read(topics, "r1");
        assertThat(end.hasEnded()).isTrue();
        assertThat(end.verdict()).contains(Verdict.DISCREPANCIES);
        assertThat(end.lines()).extracting(RunState.Line::collection).containsExactly("orders", "users");
    }

    @Test
    void aRunThatNobodyHasPlannedHasNotEnded() {
        RunState state = RunState.read(topics, "r1");

        assertThat(state.isPlanned()).isFalse();
        assertThat(state.hasEnded()).isFalse();
        assertThat(state.verdict()).isEmpty();
    }

    @Test
    void anUnknownVerdictIsTheWorst() {
        plan("r1", "orders");
        report("r1", "orders", "brilliant", "");

        assertThat(RunState.read(topics, "r1").verdict()).contains(Verdict.FAILED);
    }

    @Test
    void recordsOfOtherConnectorsInTheSameTopicsAreLeftOut() {
        kafka.add("reconciliation.reports", null, record("r1", "other", "orders", ",\"verdict\":\"clean\""));
        kafka.add("reconciliation.reports", null, record("r1", "shop", "carts", ",\"verdict\":\"clean\""));
        kafka.add(
                "reconciliation.reports",
                null,
                "{\"schema\":{},\"payload\":" + record("r1", "shop", "users", ",\"verdict\":\"clean\"") + "}");

        assertThat(topics.reports(report -> true))
                .extracting(CollectionReport::collection)
                .containsExactly("users");
    }

    @Test
    void aFindingThatWasRepairedIsOneWithItsNewState() {
        finding("r1", "1", "missing", "sent");
        finding("r1", "2", "extra", "planned");
        finding("r1", "1", "missing", "verified");
        finding("r2", "3", "extra", "off");

        assertThat(topics.findings(finding -> finding.run().equals("r1")))
                .extracting(finding -> finding.key() + " " + finding.repair())
                .containsExactly("1 verified", "2 planned");
    }

    @Test
    void topicsThatHoldNoJsonAreRefused() {
        kafka.add("reconciliation.reports", null, "\u0000\u0000avro");

        assertThatThrownBy(() -> topics.reports(report -> true))
                .isInstanceOf(CommandException.class)
                .hasMessage("Topic reconciliation.reports does not hold JSON.");
    }

    @Test
    void aFailedTaskEndsTheWait() {
        plan("r1", "orders");
        ConnectorStatus failed = new ConnectorStatus(
                "check",
                new ConnectorStatus.Part(null, "RUNNING", "w", null),
                List.of(new ConnectorStatus.Part(0, "FAILED", "w", "a.B: because\n\tat")));
        RunWait wait =
                new RunWait(() -> RunState.read(topics, "r1"), () -> Optional.of(failed), state -> {});

        assertThatThrownBy(() -> wait.untilEnd("check", Duration.ofMinutes(1)))
                .isInstanceOf(CommandException.class)
                .extracting(e -> ((CommandException) e).reason())
                .isEqualTo("a.B: because");
    }

    @Test
    void aRunThatDoesNotEndTimesOutAndTheLookThatSeesTheEndEndsTheWait() {
        plan("r1", "orders");
        List<Double> seen = new ArrayList<>();
        RunWait wait = new RunWait(
                () -> RunState.read(topics, "r1"), Optional::empty, state -> seen.add(state.share()));

        assertThatThrownBy(() -> wait.untilEnd("check", Duration.ZERO))
                .isInstanceOf(CommandException.class)
                .extracting(e -> ((CommandException) e).exitCode())
                .isEqualTo(ExitCode.TIMED_OUT);
        report("r1", "orders", "clean", "");
        assertThat(wait.untilEnd("check", Duration.ZERO).verdict()).contains(Verdict.CLEAN);
        assertThat(seen).containsExactly(0.0, 1.0);
    }

    @Test
    void theOnlyConnectorIsMeantUnlessThereAreSeveral() {
        Map<String, ConnectorSummary> connectors = new HashMap<>();
        connectors.put("sink", summary("dev.cdcdelta.sink.DeltaSinkConnector"));
        assertThatThrownBy(() -> Reconciler.among(connectors, null))
                .isInstanceOf(CommandException.class)
                .extracting(e -> ((CommandException) e).exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        connectors.put("one", summary("dev.cdcdelta.reconcile.ReconciliationConnector"));
        assertThat(Reconciler.among(connectors, null).name()).isEqualTo("one");
        connectors.put("two", summary("dev.cdcdelta.reconcile.ReconciliationConnector"));
        assertThatThrownBy(() -> Reconciler.among(connectors, null))
                .isInstanceOf(CommandException.class)
                .extracting(e -> ((CommandException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Reconciler.among(connectors, "two").name()).isEqualTo("two");
    }

    private static ConnectorSummary summary(String connectorClass) {
        return new ConnectorSummary(
                new ConnectorSummary.Info("x", Map.of("connector.class", connectorClass), "source"), null);
    }

    private String page() {
        plan("r1", "orders", "users");
        for (int range = 0; range < 4; range++) {
            progress("r1", "orders", range, 4, range == 2 ? ",\"missing\":1,\"hot\":3" : "");
        }
        report("r1", "orders", "discrepancies", ",\"missing\":1,\"hot\":3");
        report("r1", "users", "clean", "");
        finding("r1", HOSTILE, "missing", "planned");
        return new ReportPage(RunState.read(topics, "r1"), topics.findings(finding -> true)).html();
    }

    private static Document parsed(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> classes(NodeList nodes) {
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            classes.add(nodes.item(i).getAttributes().getNamedItem("class").getNodeValue());
        }
        return classes;
    }

    @Test
    void thePageIsWellFormedAndShowsWhereFindingsAre() throws Exception {
        Document page = parsed(page());

        assertThat(classes(page.getElementsByTagName("rect"))).containsExactly("clean", "clean", "missing", "clean");
        assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(1);
        assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("Reconciliation r1");
        assertThat(page.getDocumentElement().getTextContent())
                .contains("discrepancies", "1,000 documents (1.5 MB)", "750.0 kB/s");
    }

    @Test
    void thePageNeedsNoNetworkAndNoScriptAndNoDocumentCanBringOne() throws Exception {
        String html = page();
        Document page = parsed(html);

        for (String element : Set.of("script", "link", "img", "iframe", "object", "base", "form")) {
            assertThat(page.getElementsByTagName(element).getLength()).as(element).isZero();
        }
        assertThat(html.replace("http://www.w3.org/1999/xhtml", "")).doesNotContainPattern("https?://|url\\(|@import");
        NodeList cells = page.getElementsByTagName("td");
        assertThat(cells.item(1).getTextContent()).isEqualTo(HOSTILE.replace('\u0001', '\uFFFD'));
        assertThat(html).contains("prefers-color-scheme: dark", "default-src 'none'");
    }

    @Test
    void throughputIsSpreadOverTheTimeOfEachRange() {
        progress("r1", "orders", 0, 2, "");
        double[] rates = ThroughputChart.rates(topics.progress("r1"));

        assertThat(rates).hasSize(60);
        for (double rate : rates) {
            assertThat(rate).isBetween(499.9, 500.1);
        }
    }

    @Test
    void manyRangesShareTheCellsOfAStrip() throws Exception {
        for (int range = 0; range < 1000; range++) {
            progress("r1", "orders", range, 1000, range == 999 ? ",\"extra\":1" : "");
        }
        List<String> cells =
                classes(parsed(KeySpaceStrip.svg("orders", topics.progress("r1"))).getElementsByTagName("rect"));

        assertThat(cells).hasSize(200);
        assertThat(cells.subList(0, 199)).containsOnly("clean");
        assertThat(cells.get(199)).isEqualTo("extra");
    }

    @Test
    void aBrowserShowsThePage() throws Exception {
        Optional<Chromium> chromium = Chromium.installed();
        assumeThat(chromium).as("a Chromium on the PATH, or named by CHROMIUM").isPresent();
        Path file = directory.resolve("page.html");
        Files.writeString(file, page());
        Path profile = Files.createDirectory(directory.resolve("profile"));

        String dom = chromium.orElseThrow().dom(file, profile);

        assertThat(dom).contains("<rect class=\"missing\"").doesNotContain("<script>");
        Path image = directory.resolve("page.png");
        chromium.orElseThrow().screenshot(file, profile, image);
        assertThat(Files.size(image)).isGreaterThan(10_000);
        String kept = System.getProperty("page.screenshot");
        if (kept != null) {
            Files.copy(image, Path.of(kept));
        }
    }
}
