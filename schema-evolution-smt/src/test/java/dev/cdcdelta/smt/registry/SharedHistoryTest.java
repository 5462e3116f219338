package dev.cdcdelta.smt.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.Seed;
import io.apicurio.registry.utils.converter.AvroConverter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Tasks that share a topic's schema by Apicurio's real registry. */
class SharedHistoryTest {
    private static RegistryServer server;

    private final String topic;

    SharedHistoryTest(TestInfo test) {
        topic = "app.shop." + test.getTestMethod().orElseThrow().getName();
    }

    @BeforeAll
    static void start() {
        server = RegistryServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tasksAndRestartsShareOneHistory() throws Exception {
        try (RegisteredTransform first = task();
                RegisteredTransform second = task()) {
            Schema one = first.apply("{\"_id\": 1, \"x\": 1}").schema();
            assertThat(second.apply("{\"_id\": 2}").schema()).isEqualTo(one);
            assertThat(server.versions(subject())).isEqualTo("[1]");

            Struct widened = second.apply("{\"_id\": 3, \"x\": 1.5, \"y.z\": true}");
            assertThat(names(widened.schema())).containsExactly("_id", "x", "y_x002e_z");
            assertThat(server.versions(subject())).isEqualTo("[1,2]");

            Struct caughtUp = first.apply("{\"_id\": 4, \"w\": \"new\"}");
            assertThat(names(caughtUp.schema())).containsExactly("_id", "x", "y_x002e_z", "w");
            assertThat(caughtUp.schema().field("x").schema().type()).isEqualTo(Schema.Type.FLOAT64);
            assertThat(server.versions(subject())).isEqualTo("[1,2,3]");
        }
        try (RegisteredTransform restarted = task()) {
            assertThat(names(restarted.apply("{\"_id\": 5}").schema())).containsExactly("_id", "x", "y_x002e_z", "w");
            assertThat(server.versions(subject())).isEqualTo("[1,2,3]");
        }
    }

    @Test
    void whoeverLosesARaceMergesAndRegistersAgain() throws Exception {
        try (RegistryProxy proxy = new RegistryProxy(server.url());
                RegisteredTransform loser = new RegisteredTransform(topic, proxy.url());
                RegisteredTransform winner = task()) {
            loser.apply("{\"_id\": 1}");
            winner.apply("{\"_id\": 2}");

            proxy.next(afterTheLoserHasRead -> {});
            proxy.next(beforeTheLoserRegisters -> winner.apply("{\"_id\": 3, \"x\": 1, \"n\": 1.5}"));
            Struct struct = loser.apply("{\"_id\": 4, \"y\": 1, \"n\": 1}");

            assertThat(names(struct.schema())).containsExactlyInAnyOrder("_id", "x", "n", "y");
            assertThat(struct.get("n")).isEqualTo(1.0);
            assertThat(names(winner.apply("{\"_id\": 5, \"z\": 1}").schema())).contains("x", "y", "z", "n");
        }
    }

    @Test
    void tasksThatMeetFieldsInAnyOrderEndWithTheSameSchema() {
        Random random = Seed.random(this);
        for (int round = 0; round < 20; round++) {
            String raced = topic + round;
            List<String> documents = new ArrayList<>(List.of(
                    "{\"_id\": 1, \"a\": 1}",
                    "{\"_id\": 2, \"a\": 1.5}",
                    "{\"_id\": 3, \"b\": {\"c\": [1]}}",
                    "{\"_id\": 4, \"b\": {\"c\": [{\"$numberLong\": \"5\"}], \"d\": null}}",
                    "{\"_id\": 5, \"e\": [{\"f\": 1}, {\"g\": \"x\"}]}"));
            Collections.shuffle(documents, random);
            try (RegisteredTransform one = new RegisteredTransform(raced, server.url());
                    RegisteredTransform two = new RegisteredTransform(raced, server.url());
                    RegisteredTransform last = new RegisteredTransform(raced, server.url())) {
                documents.forEach(document -> (random.nextBoolean() ? one : two).apply(document));
                assertThat(last.apply("{\"_id\": 6}").schema().fields())
                        .extracting(field -> field.name() + " " + field.schema().type())
                        .containsExactlyInAnyOrder("_id INT32", "a FLOAT64", "b STRUCT", "e ARRAY");
            }
        }
    }

    @Test
    void aWideningThatTheRegistryRefusesGoesToASidecar() throws Exception {
        try (RegisteredTransform task = task()) {
            task.apply("{\"_id\": 1, \"x\": 1, \"s\": {\"y\": [1]}}");
            server.setCompatibility(subject(), "FULL");

            Struct wide = task.apply("{\"_id\": 2, \"x\": 1.5, \"s\": {\"y\": [{\"$numberLong\": \"5000000000\"}]}}");
            assertThat(wide.get("x")).isNull();
            assertThat(wide.get("x__json")).isEqualTo("{\"$numberDouble\": \"1.5\"}".replace(" ", ""));
            assertThat(wide.getStruct("s").get("y")).isNull();
            assertThat(wide.getStruct("s").getString("y__json")).contains("5000000000");
            assertThat(task.apply("{\"_id\": 3, \"x\": 7, \"s\": {\"y\": [7]}}").get("x"))
                    .isEqualTo(7);
            assertThat(server.versions(subject())).isEqualTo("[1,2]");
        }
        try (RegisteredTransform restarted = task()) {
            assertThat(restarted.apply("{\"_id\": 4, \"x\": -0.0}").get("x__json"))
                    .isEqualTo("{\"$numberDouble\":\"-0.0\"}");
            assertThat(server.versions(subject())).isEqualTo("[1,2]");
        }
    }

    @Test
    void aRefusedSchemaRefusesTheDocumentUnderThePolicyFail() throws Exception {
        try (RegisteredTransform task =
                new RegisteredTransform(topic, server.url(), Map.of(SchemaEvolution.CONFLICT_POLICY, "fail"))) {
            Schema schema = task.apply("{\"_id\": 1, \"x\": 1}").schema();
            server.setCompatibility(subject(), "FULL");
            assertThatThrownBy(() -> task.apply("{\"_id\": 2, \"x\": 1.5}"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("topic " + topic)
                    .hasMessageContaining("in subject '" + subject() + "': HTTP 409")
                    .hasMessageContaining("reader union lacking writer type: DOUBLE")
                    .hasMessageContaining("relax the subject's compatibility level");
            assertThat(task.apply("{\"_id\": 3, \"x\": 3}").schema()).isSameAs(schema);
        }
    }

    @Test
    void anIdentityIsRefusedWhereTheRegistryRefusesItsType() throws Exception {
        try (RegisteredTransform task = task()) {
            task.apply("{\"_id\": 1}");
            server.setCompatibility(subject(), "FULL");
            assertThatThrownBy(() -> task.apply("{\"_id\": 1.5}"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("HTTP 409")
                    .hasMessageContaining("change the type of '_id'");
        }
    }

    @Test
    void theConverterFindsTheSchemaInsteadOfMakingAnother() throws Exception {
        AvroConverter<Object> converter = new AvroConverter<>();
        try (RegisteredTransform task = task();
                RegisteredTransform more = task()) {
            converter.configure(
                    Map.of(
                            "apicurio.registry.url", server.nativeUrl(),
                            "apicurio.registry.auto-register", "true",
                            "apicurio.registry.find-latest", "false",
                            "apicurio.registry.as-confluent", "true",
                            "apicurio.registry.use-id", "contentId",
                            "apicurio.registry.headers.enabled", "false"),
                    false);
            for (String document : List.of(
                    "{\"_id\": {\"$oid\": \"5f5f5f5f5f5f5f5f5f5f5f5f\"}, \"at\": {\"$date\": 5}, \"a.b\": [{\"c d\": 1}]}",
                    "{\"_id\": {\"$oid\": \"5f5f5f5f5f5f5f5f5f5f5f5f\"}, \"amount\": {\"$numberDecimal\": \"1.50\"}}")) {
                Struct struct = task.apply(document);
                String versions = server.versions(subject());
                byte[] bytes = converter.fromConnectData(topic, struct.schema(), struct);
                assertThat(server.versions(subject())).isEqualTo(versions);

                SchemaAndValue read = converter.toConnectData(topic, bytes);
                assertThat(Objects.toString(new OriginalNames().restored(read.value())))
                        .isEqualTo(Objects.toString(new OriginalNames().restored(struct)));
            }
            more.apply("{\"_id\": {\"$oid\": \"5f5f5f5f5f5f5f5f5f5f5f5f\"}}");
            assertThat(server.versions(subject())).isEqualTo("[1,2]");
        } finally {
            converter.close();
        }
    }

    @Test
    void confluentsOwnClientReadsWhatIsRegistered() throws Exception {
        try (RegisteredTransform task = task()) {
            task.apply("{\"_id\": 1, \"x\": 1, \"a.b\": {\"c\": [1.5]}}");
            SchemaMetadata latest = new CachedSchemaRegistryClient(server.url(), 10).getLatestSchemaMetadata(subject());
            assertThat(latest.getSchemaType()).isEqualTo("AVRO");
            org.apache.avro.Schema avro = new org.apache.avro.Schema.Parser().parse(latest.getSchema());
            assertThat(avro.getFullName()).isEqualTo("app.shop.confluentsOwnClientReadsWhatIsRegistered.Value");
            assertThat(avro.getFields())
                    .extracting(org.apache.avro.Schema.Field::name)
                    .containsExactly("_id", "x", "a_x002e_b");
        }
    }

    @Test
    void keysHaveASubjectOfTheirOwn() throws Exception {
        SchemaEvolution.Key<SourceRecord> keys = new SchemaEvolution.Key<>();
        keys.configure(Map.of(RegistryKeys.URL, server.url()));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), topic, null, Map.of("id", "7"), null, null);
        assertThat(requireNonNull(keys.apply(record)).keySchema().name()).isEqualTo(topic + ".Key");
        assertThat(server.versions(topic + "-key")).isEqualTo("[1]");
        keys.close();
    }

    @Test
    void aSubjectAboutSomethingElseIsLeftAlone() throws Exception {
        server.register(
                subject(),
                "{\"type\":\"record\",\"name\":\"Envelope\",\"fields\":[{\"name\":\"after\",\"type\":[\"null\",\"string\"]}]}");
        try (RegisteredTransform task = task()) {
            assertThatThrownBy(() -> task.apply("{\"_id\": 1}"))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("no Avro record with a field '_id'")
                    .hasMessageContaining("Use the transform in the source connector");
            assertThat(server.versions(subject())).isEqualTo("[1]");
        }
    }

    private RegisteredTransform task() {
        return new RegisteredTransform(topic, server.url());
    }

    private String subject() {
        return topic + "-value";
    }

    private static List<String> names(Schema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }
}
