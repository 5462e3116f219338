package dev.cdcdelta.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.run.RunCounters;
import dev.cdcdelta.sink.metrics.SinkMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes the page of metrics when run with {@code -Dreference.update=true}; otherwise checks that it is up to date. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");

    private static final String INTRODUCTION = """
            # Metrics

            This page is generated from the code; do not edit it. [How to monitor](../how-to/monitor.md) says how to get at them.

            Both connectors tell the worker of them by its interface for plugins (KIP-877), so that they are JMX attributes of
            `kafka.connect:type=plugins,connector=<name>,task=<number>`, with one more key where the table below names a tag. They are gone when
            the task has stopped. With [`connect-worker.yml`](../../monitoring/jmx-exporter/connect-worker.yml) Prometheus sees them as
            `cdcdelta_task_<name>`, or `cdcdelta_table_<name>` where the tag is `table`, with `_` for `-`.

            Counters begin with 0 at the start of a task. A task lists 100 tables at most; its totals count all of them. Kafka Connect's, the consumer's
            and Debezium's own metrics are exported beside these.

            """;

    @Test
    void thePageIsWhatTheCodeTells() throws IOException {
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("out of date: run the test with -Dreference.update=true")
                .isEqualTo(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("## Of a sink task\n\n");
        head(page);
        table(page, Set.of(SinkMetric.Scope.TASK, SinkMetric.Scope.BOTH, SinkMetric.Scope.REASON));
        page.append("\n## Of a table, by the tag `table`\n\n")
                .append("The tag is the table's place below the warehouse, such as `shop/orders`.\n\n");
        head(page);
        table(page, Set.of(SinkMetric.Scope.TABLE, SinkMetric.Scope.BOTH));
        page.append("\n## Of a reconciliation task\n\n").append("| Name | Tag | Meaning |\n|---|---|---|\n");
        Map<String, RunCounters.Metric> byName = new LinkedHashMap<>();
        new RunCounters().metrics().forEach(metric -> byName.putIfAbsent(metric.name(), metric));
        byName.values()
                .forEach(metric -> page.append(String.format(
                        "| `%s` | %s | %s |%n",
                        metric.name(), String.join(", ", metric.tags().keySet()), metric.description())));
        return page.toString();
    }

    private static void head(StringBuilder page) {
        page.append("| Name | Kind | Unit | Meaning |\n|---|---|---|---|\n");
    }

    private static void table(StringBuilder page, Set<SinkMetric.Scope> scopes) {
        for (SinkMetric metric : SinkMetric.values()) {
            if (scopes.contains(metric.scope())) {
                page.append(String.format(
                        "| `%s` | %s | %s | %s |%n",
                        metric.label(),
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.unit(),
                        metric.description()));
            }
        }
    }
}
