package dev.cdcdelta.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PageTest {
    private static final Path DOCS = Path.of("../../docs");

    /** {@code -Dbenchmarks.update=true} writes what this finds missing, as {@code bench page} does. */
    @Test
    void pageAndChartsAreWhatTheResultsSay() throws IOException {
        Map<Path, String> files = new Page(new ResultsFile(DOCS.resolve("benchmarks/results.jsonl")).read()).files();

        if (Boolean.getBoolean("benchmarks.update")) {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.writeString(DOCS.resolve(file.getKey()), file.getValue());
            }
        }

        for (Map.Entry<Path, String> file : files.entrySet()) {
            assertThat(DOCS.resolve(file.getKey())).hasContent(file.getValue());
        }
        try (var charts = Files.list(DOCS.resolve("benchmarks"))) {
            assertThat(charts.filter(file -> file.toString().endsWith(".svg")).map(DOCS::relativize))
                    .containsExactlyInAnyOrderElementsOf(files.keySet().stream()
                            .filter(file -> file.toString().endsWith(".svg"))
                            .toList());
        }
    }

    @Test
    void withoutResultsThePageSaysHowToMeasure(@TempDir Path directory) {
        Map<Path, String> files = new Page(new ResultsFile(directory.resolve("none")).read()).files();

        assertThat(files).containsOnlyKeys(Path.of("benchmarks.md"));
        assertThat(files.get(Path.of("benchmarks.md")))
                .contains("Not measured yet: `bench peers", "Not measured yet: `bench lag", "| - | not measured |")
                .doesNotContain("{{");
    }

    @Test
    void chartsAreXmlWithABarForEachValue() throws Exception {
        BarChart chart = new BarChart(
                "a < b & c",
                "unit",
                List.of(
                        new BarChart.Bar("one", 50, 40, 60, BarChart.Colour.OURS),
                        new BarChart.Bar("two", 100, 100, 100, BarChart.Colour.PEER)));

        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));

        var bars = svg.getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(2);
        double one = Double.parseDouble(
                bars.item(0).getAttributes().getNamedItem("width").getNodeValue());
        double two = Double.parseDouble(
                bars.item(1).getAttributes().getNamedItem("width").getNodeValue());
        assertThat(two).isEqualTo(2 * one);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c");
    }
}
