package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transforms in a worker's own chain: for the topics that a predicate picks or its negation, past tombstones or with them. */
class TransformChainIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static ConnectRest connect;
    private static AdminCli cli;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(StackUnderTest.in(directory));
        connect = new ConnectRest(stack.description().connectUrl());
        StackDirectory files = new StackDirectory(directory);
        cli = new AdminCli(Installation.find().adminCli(), files.description(), files.data("cli-cache"));
        for (String topic : List.of("chain.shop.picked", "chain.shop.other")) {
            produce(topic, 1, "c", "{\"_id\":1,\"a\":5}");
            produce(topic, 2, "c", "{\"_id\":2,\"a\":5}");
            produce(topic, 3, "c", "{\"_id\":3,\"a\":5}");
            produce(topic, 2, "d", null);
            produce(topic, 2, null, null);
            produce(topic, 3, null, null);
            produce(topic, 4, "c", "{\"_id\":4,\"a\":5}");
        }
    }

    @AfterAll
    static void stop() {
        // Containers that cannot be had end the start early.
        if (stack != null) {
            stack.close();
        }
    }

    /** The transform is told to make text of all fields, so that the type of a column tells whether it ran. */
    @Test
    void runForTheTopicsThatAPredicatePicks() throws Exception {
        connect.putConnector("picked", settings("picked", false, false));
        assertRows("picked", "picked", "VARCHAR");
        assertRows("picked", "other", "INTEGER");
    }

    @Test
    void runForTheTopicsThatANegatedPredicateLeaves() throws Exception {
        connect.putConnector("negated", settings("negated", true, false));
        assertRows("negated", "picked", "INTEGER");
        assertRows("negated", "other", "VARCHAR");
    }

    /** Deletes are known by their typed keys, tombstones by Debezium's own. */
    @Test
    void tombstonesPassThemByWhereAPredicateSaysSo() throws Exception {
        connect.putConnector("tombstones", settings("tombstones", false, true));
        assertRows("tombstones", "picked", "VARCHAR");
        assertRows("tombstones", "other", "INTEGER");
    }

    private static Map<String, String> settings(String name, boolean isNegated, boolean leavesTombstones) {
        Map<String, String> settings = SinkSettings.of(stack.description(), name, "chain.shop.picked,chain.shop.other");
        settings.put("table.name", name + "/${collection}");
        settings.put("transforms", "values,keys");
        settings.put("transforms.values.type", "dev.cdcdelta.smt.SchemaEvolution$Value");
        settings.put("transforms.values.conflict.policy", "json");
        settings.put("transforms.values.predicate", "picked");
        settings.put("transforms.values.negate", Boolean.toString(isNegated));
        settings.put("transforms.keys.type", "dev.cdcdelta.smt.SchemaEvolution$Key");
        settings.put("predicates", "picked,tombstone");
        settings.put("predicates.picked.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
        settings.put("predicates.picked.pattern", "chain\\.shop\\.picked");
        settings.put("predicates.tombstone.type", "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone");
        if (leavesTombstones) {
            settings.put("transforms.keys.predicate", "tombstone");
            settings.put("transforms.keys.negate", "true");
        }
        return settings;
    }

    private static void assertRows(String database, String collection, String type) {
        List<JsonNode> rows = new ArrayList<>();
        await(database + "." + collection)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    rows.clear();
                    cli.query(
                            "SELECT _id, typeof(a) AS type FROM " + database + "." + collection + " ORDER BY _id",
                            rows::add);
                    return rows.size() == 2 && rows.get(1).get("_id").asInt() == 4;
                });
        assertThat(rows).extracting(row -> row.get("_id").asInt()).containsExactly(1, 4);
        assertThat(rows).extracting(row -> row.get("type").asText()).containsOnly(type);
    }

    private static void produce(String topic, int id, @Nullable String operation, @Nullable String after)
            throws Exception {
        String source =
                "{\"connector\":\"mongodb\",\"db\":\"shop\",\"collection\":\"items\",\"ts_ms\":1700000000000,\"ord\":1}";
        String value = operation == null
                ? null
                : "{\"op\":\"" + operation + "\",\"after\":" + JSON.writeValueAsString(after) + ",\"source\":" + source
                        + "}";
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.description().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "{\"id\":\"" + id + "\"}", value))
                    .get();
        }
    }
}
