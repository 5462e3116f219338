package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code monitoring/} holds, as far as it can be checked without a worker; {@link MonitoringIT} does the rest. */
class MonitoringFilesTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path MONITORING = ROOT.resolve("monitoring");
    private static final Path RULES = MONITORING.resolve("prometheus/rules/pipeline.yml");
    private static final Path TESTS = MONITORING.resolve("prometheus/tests/pipeline.yml");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: (\\S+)");

    @Test
    void everyAlertHasItsSectionInTheRunbookAndEverySectionItsAlert() throws IOException {
        String rules = Files.readString(RULES);
        List<String> alerts = all(ALERT, rules);
        List<String> runbooks = all(RUNBOOK, rules);
        String page = Files.readString(ROOT.resolve("docs/runbooks/alerts.md"));
        Set<String> sections = page.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(alerts).doesNotHaveDuplicates();
        assertThat(sections).isEqualTo(new TreeSet<>(alerts));
        assertThat(runbooks)
                .isEqualTo(alerts.stream()
                        .map(alert -> "docs/runbooks/alerts.md#" + alert.toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void everyAlertIsTriedAndNamedInTheHowTo() throws IOException {
        Set<String> alerts = new TreeSet<>(all(ALERT, Files.readString(RULES)));

        assertThat(new TreeSet<>(all(Pattern.compile("alertname: (\\w+)"), Files.readString(TESTS))))
                .isEqualTo(alerts);
        String page = Files.readString(ROOT.resolve("docs/how-to/monitor.md"));
        assertThat(alerts).allSatisfy(alert -> assertThat(page).contains("[" + alert + "]"));
    }

    @Test
    void dashboardsHaveNamesOfTheirOwnAndPanelsAPlace() throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> boards = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            for (Path board : boards.toList()) {
                JsonNode content = new ObjectMapper().readTree(board.toFile());
                assertThat(board.getFileName()).hasToString(content.get("uid").asText() + ".json");
                ids.add(content.get("uid").asText());
                for (JsonNode panel : content.get("panels")) {
                    assertThat(panel.get("datasource").get("uid").asText()).isEqualTo("prometheus");
                    JsonNode place = panel.get("gridPos");
                    assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
                }
            }
        }
        assertThat(ids)
                .containsExactlyInAnyOrder(
                        "cdcdelta-pipeline", "cdcdelta-sink", "cdcdelta-reconciliation", "cdcdelta-worker");
    }

    @Test
    void promtoolTakesTheRulesAndTheirTests() throws Exception {
        Optional<Path> promtool = PrometheusServer.program("promtool");
        if (promtool.isEmpty()) {
            System.out.println("Skipped: promtool is not installed. `apt-get install prometheus`, as .ci/run does.");
        }
        assumeTrue(promtool.isPresent());

        succeeds(promtool.get().toString(), "check", "rules", RULES.toString());
        succeeds(promtool.get().toString(), "test", "rules", TESTS.toString());
        succeeds(
                promtool.get().toString(),
                "check",
                "config",
                MONITORING.resolve("prometheus/prometheus.yml").toString());
    }

    private static void succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
