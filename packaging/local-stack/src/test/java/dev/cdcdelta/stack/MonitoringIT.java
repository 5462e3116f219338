package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.service.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker with the exporter's agent, the rules and the log layout of {@code monitoring/}, seen through a real Prometheus: every expression
 * of every dashboard and every series that an alert looks at is there.
 */
class MonitoringIT {
    private static final Path MONITORING = Path.of("..", "..", "monitoring").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DOCUMENTS = 400;
    private static final String TOPIC = "t.shop.orders";
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?:cdcdelta|kafka|debezium)_\\w+(?:\\{[^}]*\\})?|\\bup\\{[^}]*\\}");

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static PrometheusServer prometheus;
    private static ConnectRest connect;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = PrometheusServer.program("prometheus");
        if (program.isEmpty()) {
            System.out.println("Skipped: prometheus is not installed. `apt-get install prometheus`, as .ci/run does.");
        }
        assumeTrue(program.isPresent());
        FreePorts ports = new FreePorts();
        int exporter = ports.next();
        stack = LocalStack.start(StackUnderTest.in(directory.resolve("stack"))
                .withWorkerOptions(List.of(
                        "-javaagent:" + Installation.find().agent("jmx_prometheus_javaagent") + "=127.0.0.1:" + exporter
                                + ":" + MONITORING.resolve("jmx-exporter/connect-worker.yml"),
                        "-Dlog4j2.configurationFile=" + MONITORING.resolve("logging/log4j2-json.xml"))));
        prometheus =
                PrometheusServer.start(program.get(), MONITORING, directory, "127.0.0.1:" + exporter, ports.next());
        connect = new ConnectRest(stack.description().connectUrl());
        load();
    }

    private static void load() throws Exception {
        try (MongoClient mongodb = MongoClients.create(stack.description().mongodbUri())) {
            MongoCollection<Document> orders = mongodb.getDatabase("shop").getCollection("orders");
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < DOCUMENTS; i++) {
                documents.add(new Document("_id", i).append("n", i));
            }
            orders.insertMany(documents);
            connect.putConnector(
                    OrdersPipeline.SOURCE, OrdersPipeline.asJson(OrdersPipeline.source(stack.description())));
            connect.putConnector("orders-sink", sink());
            await("the snapshot")
                    .atMost(PATIENCE)
                    .until(() -> prometheus.series("sum(cdcdelta_task_rows_total) >= 400") == 1);
            orders.updateMany(Filters.lt("_id", 50), Updates.set("city", "Basel"));
            orders.deleteMany(Filters.gte("_id", 390));
            sendGarbage();
            connect.putConnector(
                    OrdersPipeline.RECONCILIATION, OrdersPipeline.reconciliation(stack.description(), "monitored"));
        }
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void everyPanelHasSeries() throws Exception {
        Map<String, String> expressions = new HashMap<>();
        try (Stream<Path> boards = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            for (Path board : boards.toList()) {
                for (JsonNode panel : JSON.readTree(board.toFile()).get("panels")) {
                    panel.get("targets")
                            .forEach(target -> expressions.put(
                                    board.getFileName() + ": "
                                            + panel.get("title").asText() + " "
                                            + target.get("refId").asText(),
                                    target.get("expr").asText().replace("$connector", ".*")));
                }
            }
        }
        assertThat(expressions).hasSizeGreaterThan(50);
        awaitSeries(expressions);
    }

    @Test
    void everyAlertLooksAtSeriesThatAreThere() throws Exception {
        Map<String, String> selectors = new HashMap<>();
        List<String> alerts = prometheus.alerts();
        assertThat(alerts).hasSize(12);
        for (String alert : alerts) {
            Matcher found = SELECTOR.matcher(alert);
            int before = selectors.size();
            while (found.find()) {
                selectors.put(alert + " " + found.group(), found.group());
            }
            assertThat(selectors).as(alert).hasSizeGreaterThan(before);
        }
        awaitSeries(selectors);
    }

    @Test
    void valuesAreThoseOfTheLoad() {
        await("the values").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(prometheus.series("sum(cdcdelta_table_live_rows{table=\"shop/orders\"}) == 390"))
                    .isEqualTo(1);
            assertThat(prometheus.series("sum(cdcdelta_task_dead_letters_total{reason=\"unreadable\"}) == 1"))
                    .isEqualTo(1);
            assertThat(prometheus.series(
                            "cdcdelta_table_replication_lag_seconds{connector=\"orders-sink\",task=\"0\"} == 0"))
                    .isEqualTo(1);
            assertThat(prometheus.series(
                            "kafka_connect_task_status{connector=\"orders-sink\",status=\"running\"} == 1"))
                    .isEqualTo(1);
        });
    }

    @Test
    void linesAreJsonWithTheConnectorsContextOnOurOwnThreadsToo() throws Exception {
        await("the last commit")
                .atMost(PATIENCE)
                .until(() -> prometheus.series("sum(cdcdelta_task_deletes_total) == 10") == 1);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(directory + "/stack/logs/worker.log"))) {
            if (line.startsWith("{")) {
                lines.add(JSON.readTree(line));
            }
        }
        List<JsonNode> ours = lines.stream()
                .filter(line -> line.get("loggerName").asText().startsWith("dev.cdcdelta.sink"))
                .toList();
        List<JsonNode> commits = ours.stream()
                .filter(line -> line.get("message").asText().startsWith("Committed version "))
                .toList();
        assertThat(commits).isNotEmpty().allSatisfy(line -> {
            assertThat(line.get("thread").asText()).startsWith("delta-sink-flush-");
            assertThat(line.get("contextMap").get("connector.context").asText()).isEqualTo("[orders-sink|task-0] ");
            assertThat(line.get("message").asText())
                    .contains("shop/orders", " rows, ", " bytes, ", " ms,", "next offsets " + TOPIC + "-0@");
        });
        assertThat(ours).as("lines of the sink, none of a record").hasSizeLessThan(DOCUMENTS / 4);
    }

    /** Values of counters need two scrapes, and what a connector publishes comes with its first work. */
    private static void awaitSeries(Map<String, String> expressions) {
        Set<String> missing = new TreeSet<>();
        await("series").atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            missing.clear();
            for (Map.Entry<String, String> expression : expressions.entrySet()) {
                if (prometheus.series(expression.getValue()) == 0) {
                    missing.add(expression.getKey() + ": " + expression.getValue());
                }
            }
            assertThat(missing).isEmpty();
        });
    }

    private static void sendGarbage() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", stack.description().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, "{\"id\":\"1\"}", "{\"op\":\"u\",\"after\":\"no document\"}"));
        }
    }

    private static Map<String, String> sink() {
        Map<String, String> settings = SinkSettings.of(stack.description(), "orders-sink", TOPIC);
        settings.put("errors.tolerance", "all");
        settings.put("errors.deadletterqueue.topic.name", "orders-dead-letters");
        settings.put("errors.deadletterqueue.topic.replication.factor", "1");
        return settings;
    }
}
