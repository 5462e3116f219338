package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.client.SparkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user who errs is told by a real worker; nothing is lost meanwhile. */
class BadInputIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static ConnectRest connect;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(StackUnderTest.in(directory));
        connect = new ConnectRest(stack.description().connectUrl());
    }

    @AfterAll
    static void stop() {
        // Containers that cannot be had end the start early.
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void validationNamesEachWrongField() throws Exception {
        Map<String, String> settings = sink("wrong", "any");
        settings.put("warehouse", "http://somewhere/else");
        settings.put("commit.interval.ms", "-1");
        settings.put("delete.mode", "perhaps");
        settings.put("table.name", "${nonsense}");

        TreeSet<String> wrong = new TreeSet<>();
        for (JsonNode field : connect.put("/connector-plugins/" + SinkSettings.CONNECTOR + "/config/validate", settings)
                .get("configs")) {
            if (!field.at("/value/errors").isEmpty()) {
                wrong.add(field.at("/value/name").asText());
            }
        }

        assertThat(wrong).containsExactly("commit.interval.ms", "delete.mode", "table.name", "warehouse");
    }

    @Test
    void unreachableStorageFailsTheTaskWithTheRemedy() throws Exception {
        Map<String, String> settings = sink("unreachable", "any");
        settings.put("hadoop.fs.s3a.endpoint", "http://127.0.0.1:1");

        assertThat(failureOf("unreachable", settings)).contains("s3a://lake", "hadoop.fs.s3a.endpoint");
    }

    @Test
    void wrongKeysFailTheTaskWithTheRemedyAndWithoutTheKeys() throws Exception {
        Map<String, String> settings = sink("keyless", "any");
        settings.put("hadoop.fs.s3a.secret.key", "canary-of-a-secret");

        assertThat(failureOf("keyless", settings))
                .contains("s3a://lake", "hadoop.fs.s3a.secret.key")
                .doesNotContain("canary-of-a-secret");
    }

    @Test
    void missingBucketFailsTheTaskWithTheRemedy() throws Exception {
        Map<String, String> settings = sink("bucketless", "any");
        settings.put("warehouse", "s3a://no-such-bucket/warehouse");

        assertThat(failureOf("bucketless", settings)).contains("no-such-bucket");
    }

    @Test
    void tableOfSomebodyElseIsRefused() throws Exception {
        new SparkProcess(stack.description())
                .execute("shop/foreign", "CREATE TABLE {table} (a INT, b STRING) USING delta");

        produce("foreign.shop.foreign", envelope(1));
        assertThat(failureOf("foreign", sink("foreign", "foreign.shop.foreign")))
                .contains("shop/foreign", "_id");
    }

    @Test
    void recordThatFitsNoRowGoesToTheDeadLetterQueueAndTheOthersToTheTable() throws Exception {
        String topic = "dlq.shop.items";
        produce(topic, envelope(1));
        produce(topic, "{\"op\":\"c\",\"after\":\"{\\\"_id\\\": 2, \\\"cut\\\": \",\"source\":" + source() + "}");
        produce(topic, envelope(3));
        Map<String, String> settings = sink("dlq", topic);
        settings.put("errors.tolerance", "all");
        settings.put("errors.deadletterqueue.topic.name", "dead");
        settings.put("errors.deadletterqueue.topic.replication.factor", "1");
        settings.put("errors.deadletterqueue.context.headers.enable", "true");
        connect.putConnector("dlq", settings);

        try (TopicReader dead = new TopicReader(stack.description().bootstrapServers(), "dead")) {
            await("the bad record").atMost(PATIENCE).until(() -> !dead.poll().isEmpty());
            List<ConsumerRecord<String, String>> records = dead.poll();
            assertThat(records).hasSize(1);
            assertThat(new String(
                            records.get(0)
                                    .headers()
                                    .lastHeader("__connect.errors.exception.message")
                                    .value(),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .isNotBlank();
        }
        List<String> ids = new ArrayList<>();
        SparkProcess spark = new SparkProcess(stack.description());
        await("the good records")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> {
                    ids.clear();
                    spark.rows("shop/items", "SELECT _id FROM t ORDER BY _id")
                            .forEach(row -> ids.add(row.get("_id").asText()));
                    return ids.size() >= 2;
                });
        assertThat(ids).containsExactly("1", "3");
    }

    @Test
    void recordThatFitsNoRowStopsTheTaskWhereNoQueueIsConfigured() throws Exception {
        String topic = "strict.shop.strict";
        produce(topic, envelope(1));
        produce(topic, "{\"op\":\"c\",\"after\":\"{\\\"_id\\\": 2, \\\"cut\\\": \",\"source\":" + source() + "}");

        assertThat(failureOf("strict", sink("strict", topic))).contains(topic, "offset 1");
    }

    private static String failureOf(String name, Map<String, String> settings) throws Exception {
        connect.putConnector(name, settings);
        await(name + " to fail")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> taskState(name).equals("FAILED"));
        String trace = connect.get("/connectors/" + name + "/status")
                .at("/tasks/0/trace")
                .asText();
        connect.delete("/connectors/" + name);
        return trace;
    }

    private static String taskState(String name) throws Exception {
        return connect.get("/connectors/" + name + "/status")
                .at("/tasks/0/state")
                .asText();
    }

    private static Map<String, String> sink(String name, String topic) {
        return SinkSettings.of(stack.description(), name, topic);
    }

    private static String envelope(int id) {
        return "{\"op\":\"c\",\"after\":\"{\\\"_id\\\": " + id + "}\",\"source\":" + source() + "}";
    }

    private static String source() {
        return "{\"connector\":\"mongodb\",\"db\":\"shop\",\"collection\":\"items\",\"ts_ms\":1700000000000,\"ord\":1}";
    }

    private static void produce(String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.description().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "{\"id\":\"1\"}", value))
                    .get();
        }
    }
}
