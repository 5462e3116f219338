package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.metrics.SinkMetric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker is told of a task, by the tags and names under which it becomes JMX. */
class SinkMetricsTest {
    private static final TopicPartition ORDERS = new TopicPartition("mongo.shop.orders", 0);
    private static final String TABLE = "shop/orders";

    @TempDir
    Path warehouse;

    private SinkRig rig;
    private FakeRuntime task;

    @BeforeEach
    void start() {
        rig = new SinkRig(warehouse);
        task = rig.task(ORDERS);
    }

    @Test
    void theCatalogueIsWhatATaskPublishes() {
        rig.source(ORDERS).upsert("a", "", 1);
        task.sink();

        Set<String> ofTask = labels(SinkMetric.Scope.TASK, SinkMetric.Scope.BOTH);
        Set<String> ofTable = labels(SinkMetric.Scope.TABLE, SinkMetric.Scope.BOTH);
        assertThat(published(Set.of("connector", "task"))).isEqualTo(ofTask);
        assertThat(published(Set.of("connector", "task", "table"))).isEqualTo(ofTable);
        assertThat(published(Set.of("connector", "task", "reason"))).isEqualTo(labels(SinkMetric.Scope.REASON));
    }

    @Test
    void commitsAreCountedForTheTableAndForTheTask() {
        Source source = rig.source(ORDERS);
        source.insert("a", "\"n\":1");
        source.insert("b", "\"n\":2");
        task.sink();
        source.upsert("a", "\"n\":3", 2);
        source.delete("b", 2);
        task.sink();

        for (Map<String, String> tags : List.of(Map.<String, String>of(), Map.of("table", TABLE))) {
            assertThat(value("commits-total", tags)).isEqualTo(2);
            assertThat(value("rows-total", tags)).isEqualTo(3);
            assertThat(value("deletes-total", tags)).isEqualTo(1);
            assertThat(value("replaced-rows-total", tags)).isEqualTo(2);
            assertThat(value("index-lookups-total", tags)).isEqualTo(4);
            assertThat(value("index-hits-total", tags)).isEqualTo(2);
            assertThat(value("bytes-total", tags)).isPositive();
            assertThat(value("index-entries", tags)).isEqualTo(2);
        }
        assertThat(value("records-total", Map.of())).isEqualTo(rig.topics.end(ORDERS));
        assertThat(value("live-rows", Map.of("table", TABLE))).isEqualTo(1);
        assertThat(value("dead-rows", Map.of("table", TABLE))).isPositive();
        assertThat(value("deletion-vectors", Map.of("table", TABLE))).isPositive();
        assertThat(value("table-version", Map.of("table", TABLE)))
                .isEqualTo(rig.table.snapshot().version());
    }

    @Test
    void aNewFieldIsASchemaChangeAndAnOlderEventIsStale() {
        Source source = rig.source(ORDERS);
        source.insert("a", "\"n\":1");
        task.sink();
        assertThat(value("schema-changes-total", Map.of())).isZero();
        source.upsert("a", "\"n\":2,\"added\":\"x\"", 5);
        source.upsert("a", "\"n\":9", 4);
        task.sink();

        assertThat(value("schema-changes-total", Map.of())).isEqualTo(1);
        assertThat(value("stale-events-total", Map.of())).isEqualTo(1);
    }

    @Test
    void lagIsTheAgeOfTheNewestCommittedChangeUntilNothingMoreComes() {
        Map<String, String> table = Map.of("table", TABLE);
        Source source = rig.source(ORDERS);
        source.upsert("a", "", rig.clock.millis());
        task.pollAll();
        assertThat(value("replication-lag-seconds", table)).isNaN();

        rig.clock.advance(Duration.ofSeconds(20));
        task.pollAll();
        assertThat(value("commits-total", table)).isEqualTo(1);
        assertThat(value("replication-lag-seconds", table)).isZero();
        assertThat(value("replication-lag-seconds", Map.of())).isZero();

        source.upsert("b", "", rig.clock.millis());
        task.pollAll();
        rig.clock.advance(Duration.ofSeconds(7));
        assertThat(value("replication-lag-seconds", table)).isEqualTo(27);
        assertThat(value("replication-lag-seconds", Map.of())).isEqualTo(27);
        task.pollAll();
        rig.clock.advance(Duration.ofSeconds(4));
        task.pollAll();
        assertThat(value("commits-total", table)).isEqualTo(2);
        assertThat(value("replication-lag-seconds", table)).isZero();
    }

    @Test
    void aRestartedTaskKnowsFromTheTableHowFarItIsBehind() {
        Map<String, String> table = Map.of("table", TABLE);
        rig.source(ORDERS).upsert("a", "", rig.clock.millis());
        task.sink();
        task.stop();
        task = rig.task(ORDERS);
        task.pollAll();
        task.pollAll();

        rig.clock.advance(Duration.ofSeconds(4));
        assertThat(value("replication-lag-seconds", table)).isEqualTo(64);
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(value("replication-lag-seconds", table)).isZero();
    }

    @Test
    void refusedRecordsAreCountedByReason() {
        task.reporting();
        task.stop();
        FakeRuntime other = rig.unstarted();
        other.reporting();
        task = other.start(ORDERS);
        rig.source(ORDERS).garbage("a");
        task.sink();

        assertThat(value("dead-letters-total", Map.of("reason", "unreadable"))).isEqualTo(1);
        assertThat(value("dead-letters-total", Map.of("reason", "no-row"))).isZero();
    }

    @Test
    void aTableThatIsFedNoMoreHasNoMetrics() {
        rig.source(ORDERS).upsert("a", "", 1);
        task.sink();
        task.revoke(ORDERS);
        task.pollAll();

        assertThat(published(Set.of("connector", "task", "table"))).isEmpty();
        assertThat(value("commits-total", Map.of())).isEqualTo(1);
    }

    @Test
    void aStoppedTaskHasNoMetrics() {
        rig.source(ORDERS).upsert("a", "", 1);
        task.sink();
        task.stop();

        assertThat(metrics()).isEmpty();
    }

    private static Set<String> labels(SinkMetric.Scope... scopes) {
        return Stream.of(SinkMetric.values())
                .filter(metric -> Set.of(scopes).contains(metric.scope()))
                .map(SinkMetric::label)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<KafkaMetric> ours() {
        return task.metrics().metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("plugins"));
    }

    private Set<MetricName> metrics() {
        return ours().map(KafkaMetric::metricName).collect(Collectors.toSet());
    }

    private Set<String> published(Set<String> tags) {
        return metrics().stream()
                .filter(name -> name.tags().keySet().equals(tags))
                .map(MetricName::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private double value(String label, Map<String, String> tags) {
        return ours().filter(metric -> metric.metricName().name().equals(label))
                .filter(metric -> metric.metricName().tags().size() == tags.size() + 2)
                .filter(metric -> metric.metricName().tags().entrySet().containsAll(tags.entrySet()))
                .mapToDouble(metric -> (Double) metric.metricValue())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + label + " of " + tags));
    }
}
