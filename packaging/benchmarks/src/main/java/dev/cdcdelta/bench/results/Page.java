package dev.cdcdelta.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page and the charts that results make. */
public final class Page {
    private static final String CHARTS = "benchmarks/";
    private static final List<String> OTHERS = List.of("sink", "limits", "smt", "requests", "torture");

    private final List<Result> results;
    private final Map<Path, String> charts = new LinkedHashMap<>();

    /** @param results the oldest first */
    public Page(List<Result> results) {
        this.results = List.copyOf(results);
    }

    /** The content of each file, by its path within {@code docs}. */
    public Map<Path, String> files() {
        String page = template()
                .replace("{{targets}}", Target.table(results))
                .replace("{{peers}}", newest("peers").map(this::peers).orElse(none("peers")))
                .replace("{{lag}}", newest("lag").map(this::lag).orElse(none("lag")))
                .replace("{{growth}}", newest("growth").map(this::growth).orElse(none("growth")))
                .replace("{{keys}}", newest("keys").map(Page::list).orElse(none("keys")))
                .replace("{{others}}", others());
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(Path.of("benchmarks.md"), page);
        files.putAll(charts);
        return files;
    }

    private String peers(Result result) {
        JsonNode figures = result.figures();
        StringBuilder table = new StringBuilder(
                "| Contender | records/s | spread | processor-s per million | peak MiB |\n|---|---|---|---|---|\n");
        List<BarChart.Bar> speeds = new ArrayList<>();
        List<BarChart.Bar> processors = new ArrayList<>();
        for (PeerName peer : PeerName.values()) {
            String key = peer.key();
            if (figures.has(key + "RecordsPerSecond")) {
                double speed = figures.path(key + "RecordsPerSecond").asDouble();
                double cpu = figures.path(key + "CpuSecondsPerMillion").asDouble();
                table.append(String.format(
                        "| %s | %s | %.0f %% | %s | %s |\n",
                        peer.title(),
                        Figures.text(speed),
                        100 * figures.path(key + "Spread").asDouble(),
                        Figures.text(cpu),
                        Figures.text(figures.path(key + "PeakMegabytes").asDouble())));
                speeds.add(new BarChart.Bar(
                        peer.title(),
                        speed,
                        figures.path(key + "LeastRecordsPerSecond").asDouble(speed),
                        figures.path(key + "MostRecordsPerSecond").asDouble(speed),
                        peer.colour()));
                processors.add(new BarChart.Bar(peer.title(), cpu, cpu, cpu, peer.colour()));
            }
        }
        double floor = figures.path("cpuFloorPerMillion").asDouble();
        table.append("| floor: parse and Parquet | | | ")
                .append(Figures.text(floor))
                .append(" | |\n");
        processors.add(new BarChart.Bar("floor: parse and Parquet", floor, floor, floor, BarChart.Colour.LIMIT));
        String speedChart = chart(
                "peers-speed.svg",
                new BarChart("Records a second", "records a second; thin lines: least and most of the rounds", speeds));
        String processorChart = chart(
                "peers-processors.svg",
                new BarChart("Processors", "seconds of processors for a million records", processors));
        return head(result)
                + speedChart
                + processorChart
                + table
                + String.format(
                        "\n%s documents in the table before upserts, %s changes measured, commits every %s ms, %s rounds.\n",
                        Figures.text(figures.path("keys").asDouble()),
                        Figures.text(figures.path("events").asDouble()),
                        Figures.text(figures.path("intervalMillis").asDouble()),
                        figures.path("rounds").asText());
    }

    private String lag(Result result) {
        StringBuilder table =
                new StringBuilder("| Writes/s | Commits every | p50 | p95 | p99 | Way |\n|---|---|---|---|---|---|\n");
        List<BarChart.Bar> bars = new ArrayList<>();
        for (JsonNode each : result.figures().path("lags")) {
            String interval = Figures.text(each.path("intervalMillis").asDouble() / 1_000) + " s";
            String rate = Figures.text(each.path("rate").asDouble());
            double p95 = each.path("p95").asDouble();
            boolean producer = each.path("source").asText().equals("producer");
            table.append(String.format(
                    "| %s | %s | %s s | %s s | %s s | %s |\n",
                    rate,
                    interval,
                    Figures.text(each.path("p50").asDouble()),
                    Figures.text(p95),
                    Figures.text(each.path("p99").asDouble()),
                    producer ? "from a producer" : "through MongoDB"));
            bars.add(new BarChart.Bar(
                    rate + "/s, commits every " + interval,
                    p95,
                    each.path("p50").asDouble(),
                    each.path("p99").asDouble(),
                    producer ? BarChart.Colour.OURS_ASIDE : BarChart.Colour.OURS));
        }
        return head(result)
                + chart(
                        "lag.svg",
                        new BarChart(
                                "From write to row, p95",
                                "seconds; thin lines from p50 to p99; light: from a producer",
                                bars))
                + table + "\n";
    }

    private String growth(Result result) {
        JsonNode figures = result.figures();
        String small = Figures.text(figures.path("keysSmall").asDouble());
        String large = Figures.text(figures.path("keysLarge").asDouble());
        List<BarChart.Bar> bars = List.of(
                bar("flush over " + small + " rows", figures, "updatesSmallMillis"),
                bar("flush over " + large + " rows", figures, "updatesLargeMillis"),
                bar("start, " + large + " rows", figures, "startLargeMillis"),
                bar("after a kill, " + large + " rows", figures, "recoverLargeMillis"),
                bar("index rebuilt, " + large + " rows", figures, "rebuildLargeMillis"));
        return chart("growth.svg", new BarChart("As tables grow", "milliseconds", bars)) + list(result);
    }

    private static BarChart.Bar bar(String label, JsonNode figures, String name) {
        double value = figures.path(name).asDouble();
        return new BarChart.Bar(label, value, value, value, BarChart.Colour.OURS);
    }

    private String others() {
        StringBuilder all = new StringBuilder();
        for (String suite : OTHERS) {
            all.append("### ").append(suite).append("\n\n");
            all.append(newest(suite).map(Page::list).orElse(none(suite)));
        }
        return all.toString().stripTrailing() + "\n";
    }

    private String chart(String name, BarChart chart) {
        charts.put(Path.of(CHARTS + name), chart.svg());
        return "![" + chart.title() + "](" + CHARTS + name + ")\n\n";
    }

    private static String head(Result result) {
        String counts = result.counts()
                ? ""
                : " **Does not count**: others had "
                        + Figures.text(result.figures().path("foreignCores").asDouble()) + " processors meanwhile.";
        return result.at() + ", " + result.machine() + ", commit "
                + result.versions().getOrDefault("commit", "unknown")
                + ", Kafka " + result.versions().get("kafka") + ", Iceberg "
                + result.versions().get("iceberg")
                + ", Spark " + result.versions().get("spark") + ", Delta "
                + result.versions().get("delta") + "."
                + counts + "\n\n";
    }

    /** All figures that are single values, in the order in which the suite tells them. */
    private static String list(Result result) {
        StringBuilder table = new StringBuilder(head(result)).append("| Figure | Value |\n|---|---|\n");
        result.figures().properties().forEach(figure -> {
            if (figure.getValue().isValueNode()) {
                String value = figure.getValue().isNumber() && !figure.getKey().equals("seed")
                        ? Figures.text(figure.getValue().asDouble())
                        : figure.getValue().asText();
                table.append("| ")
                        .append(figure.getKey())
                        .append(" | ")
                        .append(value)
                        .append(" |\n");
            }
        });
        return table.append("\n").toString();
    }

    private static String none(String suite) {
        return "Not measured yet: `bench " + suite + " --results docs/benchmarks/results.jsonl`.\n\n";
    }

    /** The last one that counts, or else the last one. */
    private Optional<Result> newest(String suite) {
        List<Result> found =
                results.stream().filter(result -> result.suite().equals(suite)).toList();
        return Figures.last(found.stream().filter(Result::counts).toList()).or(() -> Figures.last(found));
    }

    private static String template() {
        try (InputStream resource = Page.class.getResourceAsStream("page.md")) {
            if (resource == null) {
                throw new StackException("page.md is missing in the jar of the benchmarks. Build it again.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StackException("page.md cannot be read from the jar of the benchmarks: " + e, e);
        }
    }
}
