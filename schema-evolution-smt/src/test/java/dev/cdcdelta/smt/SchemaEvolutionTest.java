package dev.cdcdelta.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.update.UpdateDescription;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {
    private static final String TOPIC = "app.shop.orders";
    private static final String OBJECT_ID = "{\\\"_id\\\": {\\\"$oid\\\": \\\"5f5f5f5f5f5f5f5f5f5f5f5f\\\"}";

    private final SchemaEvolution<SinkRecord> values = new SchemaEvolution.Value<>();
    private final SchemaEvolution<SinkRecord> keys = new SchemaEvolution.Key<>();
    private final JsonConverter converter = new JsonConverter();

    @BeforeEach
    void configure() {
        values.configure(Map.of());
        keys.configure(Map.of());
        converter.configure(Map.of("schemas.enable", false, "converter.type", "value"));
    }

    @AfterEach
    void close() {
        values.close();
        keys.close();
        converter.close();
    }

    @Test
    void givesTheImageOfACreateASchemaAndItsMetadataHeaders() {
        SinkRecord typed = apply(envelope("c", OBJECT_ID + ", \\\"name\\\": \\\"Ada\\\"}"));
        Struct document = (Struct) typed.value();
        assertThat(typed.valueSchema()).isSameAs(document.schema());
        assertThat(document.schema().fields()).extracting(field -> field.name()).containsExactly("_id", "name");
        assertThat(document.get("_id")).isEqualTo("5f5f5f5f5f5f5f5f5f5f5f5f");
        assertThat(document.get("name")).isEqualTo("Ada");
        assertThat(header(typed, ChangeHeaders.OPERATION)).isEqualTo("c");
        assertThat(header(typed, ChangeHeaders.SOURCE_TIME)).isEqualTo(1700000000000L);
        assertThat(header(typed, ChangeHeaders.SOURCE_ORDINAL)).isEqualTo(3);
        assertThat(header(typed, ChangeHeaders.DATABASE)).isEqualTo("shop");
        assertThat(header(typed, ChangeHeaders.COLLECTION)).isEqualTo("orders");
    }

    @Test
    void readsEnvelopesWithASchemaAlike() {
        Schema source = SchemaBuilder.struct()
                .field("ts_ms", Schema.INT64_SCHEMA)
                .field("ord", Schema.INT32_SCHEMA)
                .field("db", Schema.STRING_SCHEMA)
                .field("collection", Schema.STRING_SCHEMA)
                .build();
        Schema schema = SchemaBuilder.struct()
                .field("before", Schema.OPTIONAL_STRING_SCHEMA)
                .field("after", Schema.OPTIONAL_STRING_SCHEMA)
                .field("source", source)
                .field("op", Schema.STRING_SCHEMA)
                .build();
        Struct envelope = new Struct(schema)
                .put("after", "{\"_id\": 1}")
                .put("op", "r")
                .put(
                        "source",
                        new Struct(source)
                                .put("ts_ms", 5L)
                                .put("ord", 1)
                                .put("db", "shop")
                                .put("collection", "orders"));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), TOPIC, 0, null, null, schema, envelope);
        try (SchemaEvolution<SourceRecord> transform = new SchemaEvolution.Value<>()) {
            transform.configure(Map.of());
            SourceRecord typed = requireNonNull(transform.apply(record));
            assertThat(((Struct) typed.value()).get("_id")).isEqualTo(1);
            assertThat(typed.headers().lastWithName(ChangeHeaders.OPERATION).value())
                    .isEqualTo("r");
            assertThat(typed.headers().lastWithName(ChangeHeaders.SOURCE_TIME).value())
                    .isEqualTo(5L);
        }
    }

    @Test
    void makesADeleteATombstoneThatSaysWhatItIsAndIgnoresTheImageBefore() {
        SinkRecord typed = apply("{\"before\": \"{\\\"_id\\\": 1, \\\"x\\\": 2}\", \"after\": null, \"op\": \"d\","
                + " \"source\": {\"collection\": \"orders\", \"ts_ms\": 7, \"ord\": 2}}");
        assertThat(typed.value()).isNull();
        assertThat(typed.valueSchema()).isNull();
        assertThat(header(typed, ChangeHeaders.OPERATION)).isEqualTo("d");
        assertThat(header(typed, ChangeHeaders.SOURCE_TIME)).isEqualTo(7L);
        assertThat(typed.headers().lastWithName(ChangeHeaders.DATABASE)).isNull();
    }

    @Test
    void handsOnWhatIsNoEnvelopeOfMongoDb() {
        for (SinkRecord record : new SinkRecord[] {
            record(null),
            record("{\"id\": 1}"),
            record("[1]"),
            record("{\"op\": \"c\", \"after\": {\"id\": 1}, \"source\": {\"table\": \"orders\"}}"),
            record("{\"op\": \"m\", \"after\": null, \"source\": {\"collection\": \"orders\"}}")
        }) {
            assertThat(values.apply(record)).isSameAs(record);
        }
    }

    @Test
    void keepsTheSameSchemaUntilADocumentNeedsAnother() {
        Schema first = apply(envelope("c", "{\\\"_id\\\": 1, \\\"x\\\": 1.5}")).valueSchema();
        assertThat(apply(envelope("u", "{\\\"x\\\": 2, \\\"_id\\\": 2}")).valueSchema())
                .isSameAs(first);
        assertThat(apply(envelope("u", "{\\\"_id\\\": 3, \\\"y\\\": null}")).valueSchema())
                .isSameAs(first);
        assertThat(apply(envelope("u", "{\\\"_id\\\": 4, \\\"y\\\": []}")).valueSchema())
                .isSameAs(first);
        Schema second =
                apply(envelope("u", "{\\\"_id\\\": 5, \\\"y\\\": [true]}")).valueSchema();
        assertThat(second.fields()).extracting(field -> field.name()).containsExactly("_id", "x", "y");
        assertThat(apply(envelope("u", "{\\\"_id\\\": 6}")).valueSchema()).isSameAs(second);
    }

    @Test
    void keepsASchemaForEachTopicAndForgetsTheLeastRecentlyUsed() {
        values.configure(Map.of(SchemaEvolution.CACHED_TOPICS, "1"));
        SinkRecord wide = record(envelope("c", "{\\\"_id\\\": 1, \\\"x\\\": 1}"));
        SinkRecord narrow = record(envelope("c", "{\\\"_id\\\": 1}"));
        assertThat(transform(wide).valueSchema().fields()).hasSize(2);
        assertThat(transform(narrow).valueSchema().fields()).hasSize(2);
        transform(wide.newRecord("other", 0, null, null, null, wide.value(), null));
        assertThat(transform(narrow).valueSchema().fields()).hasSize(1);
    }

    @Test
    void leavesOutAnUpdateWhoseDocumentWasGone() {
        String update = "{\"after\": null, \"op\": \"u\", \"source\": {\"collection\": \"orders\"},"
                + " \"updateDescription\": {\"updatedFields\": \"{}\"}}";
        assertThat(values.apply(record(update))).isNull();
        assertThat(values.apply(record(update))).isNull();
    }

    @Test
    void handsOnWhatAnUpdateChangedWhereItIsToBeApplied() {
        values.configure(Map.of(SchemaEvolution.UPDATE_MODE, "apply", SchemaEvolution.DOCUMENT_TEXT, "true"));

        SinkRecord update = apply(
                "{\"after\": null, \"op\": \"u\", \"source\": {\"collection\": \"orders\", \"ts_ms\": 5},"
                        + " \"updateDescription\": {\"updatedFields\": \"{\\\"a.b\\\": 1}\", \"removedFields\": [\"c\"]}}");

        assertThat(UpdateDescription.of(update.value()).updated()).isEqualTo(BsonDocument.parse("{'a.b': 1}"));
        assertThat(UpdateDescription.of(update.value()).removed()).containsExactly("c");
        assertThat(header(update, ChangeHeaders.OPERATION)).isEqualTo("u");
        assertThat(header(update, ChangeHeaders.SOURCE_TIME)).isEqualTo(5L);
        assertThat(update.headers().lastWithName(ChangeHeaders.WHOLE_DOCUMENT)).isNull();
        assertThatThrownBy(() -> apply("{\"after\": null, \"op\": \"u\", \"source\": {\"collection\": \"orders\"}}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("neither a document in 'after' nor an 'updateDescription'");
    }

    @Test
    void handsOnTheWholeDocumentAsCanonicalTextWhereItIsAskedTo() {
        String image =
                "{\\\"_id\\\": 1, \\\"d\\\": -0.0, \\\"a\\\": {\\\"$numberLong\\\": \\\"2\\\"}, \\\"n\\\": null}";
        assertThat(apply(envelope("c", image)).headers().lastWithName(ChangeHeaders.WHOLE_DOCUMENT))
                .isNull();

        values.configure(Map.of(SchemaEvolution.DOCUMENT_TEXT, "true"));

        assertThat(header(apply(envelope("c", image)), ChangeHeaders.WHOLE_DOCUMENT))
                .isEqualTo("{\"_id\":{\"$numberInt\":\"1\"},\"d\":{\"$numberDouble\":\"-0.0\"},"
                        + "\"a\":{\"$numberLong\":\"2\"},\"n\":null}");
        assertThat(apply("{\"after\": null, \"op\": \"d\", \"source\": {\"collection\": \"orders\"}}")
                        .headers()
                        .lastWithName(ChangeHeaders.WHOLE_DOCUMENT))
                .isNull();
    }

    @Test
    void saysWhichRecordItRefusesButNotWhatIsInIt() {
        assertThatThrownBy(() -> apply(envelope("c", "{\\\"_id\\\": 1, \\\"name\\\": secret}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic app.shop.orders, partition 2, offset 41")
                .hasMessageContaining("'/name'")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> apply("{\"after\": null, \"op\": \"c\", \"source\": {\"collection\": \"orders\"}}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no document in 'after'");
    }

    @Test
    void isUntouchedByADocumentThatItRefuses() {
        values.configure(Map.of(SchemaEvolution.CONFLICT_POLICY, "dlq"));
        Schema schema = apply(envelope("c", "{\\\"_id\\\": 1, \\\"x\\\": 1}")).valueSchema();
        assertThatThrownBy(() -> apply(envelope("c", "{\\\"_id\\\": 2, \\\"x\\\": \\\"a\\\", \\\"y\\\": 1}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x' is int32 and string")
                .hasMessageContaining("offset 41");
        assertThatThrownBy(() -> apply(envelope("c", "{\\\"_id\\\": \\\"a\\\"}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'_id' is int32 and string");
        assertThat(apply(envelope("c", "{\\\"_id\\\": 3, \\\"x\\\": 2}")).valueSchema())
                .isSameAs(schema);
    }

    @Test
    void replacesHeadersOfAnEarlierPass() {
        SinkRecord record = record(envelope("u", "{\\\"_id\\\": 1}"));
        record.headers().addString(ChangeHeaders.OPERATION, "c").addString("kept", "yes");
        SinkRecord typed = transform(record);
        assertThat(typed.headers().allWithName(ChangeHeaders.OPERATION)).hasNext();
        assertThat(typed.headers()).hasSize(6);
        assertThat(header(typed, ChangeHeaders.OPERATION)).isEqualTo("u");
        assertThat(header(record, ChangeHeaders.OPERATION)).isEqualTo("c");
    }

    @Test
    void givesKeysASchema() {
        SinkRecord typed = requireNonNull(keys.apply(keyed(Map.of("id", "{\"$oid\": \"5f5f5f5f5f5f5f5f5f5f5f5f\"}"))));
        assertThat(typed.keySchema().field("_id").schema().name()).isEqualTo("dev.cdcdelta.bson.ObjectId");
        assertThat(((Struct) typed.key()).get("_id")).isEqualTo("5f5f5f5f5f5f5f5f5f5f5f5f");
        SinkRecord other = requireNonNull(keys.apply(keyed(Map.of("id", "\"text\""))));
        assertThat(((Struct) other.key()).get("_id")).isEqualTo("text");
        SinkRecord again = requireNonNull(keys.apply(keyed(Map.of("id", "{\"$oid\": \"6f5f5f5f5f5f5f5f5f5f5f5f\"}"))));
        assertThat(again.keySchema()).as("keys keep their bytes").isSameAs(typed.keySchema());
        SinkRecord otherAgain = requireNonNull(keys.apply(keyed(Map.of("id", "\"more\""))));
        assertThat(otherAgain.keySchema()).isSameAs(other.keySchema());
    }

    @Test
    void givesIntegerKeysOneFormWhateverTheirSize() {
        Schema schema = SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();
        SinkRecord small = requireNonNull(keys.apply(keyed(new Struct(schema).put("id", "7"))));
        SinkRecord large = requireNonNull(keys.apply(keyed(Map.of("id", "{\"$numberLong\": \"70000000000\"}"))));
        assertThat(((Struct) small.key()).get("_id")).isEqualTo(7L);
        assertThat(large.keySchema()).isSameAs(small.keySchema());
    }

    @Test
    void handsOnKeysOfOtherForms() {
        for (Object key : new Object[] {"text", Map.of("id", 5), Map.of("id", "1", "more", "2"), Map.of("_id", "1")}) {
            SinkRecord record = keyed(key);
            assertThat(keys.apply(record)).isSameAs(record);
        }
    }

    @Test
    void refusesAWrongConfiguration() {
        assertThatThrownBy(() -> values.configure(Map.of(SchemaEvolution.CONFLICT_POLICY, "guess")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("conflict.policy");
        assertThat(values.config()).isSameAs(SchemaEvolution.CONFIG_DEF);
    }

    @Test
    void isFoundByServiceLoaders() {
        assertThat(ServiceLoader.load(Transformation.class))
                .extracting(Object::getClass)
                .contains(SchemaEvolution.Key.class, SchemaEvolution.Value.class);
    }

    private static String envelope(String operation, String escapedDocument) {
        return "{\"before\": null, \"after\": \"" + escapedDocument + "\", \"op\": \"" + operation + "\", \"source\":"
                + " {\"ts_ms\": 1700000000000, \"ord\": 3, \"db\": \"shop\", \"collection\": \"orders\"},"
                + " \"updateDescription\": null, \"ts_ms\": 1}";
    }

    private SinkRecord apply(String value) {
        return transform(record(value));
    }

    private SinkRecord transform(SinkRecord record) {
        return requireNonNull(values.apply(record));
    }

    private SinkRecord record(@Nullable String json) {
        SchemaAndValue value =
                converter.toConnectData(TOPIC, json == null ? null : json.getBytes(StandardCharsets.UTF_8));
        return new SinkRecord(
                TOPIC, 2, null, Map.of("id", "1"), value.schema(), value.value(), 41, 1L, TimestampType.CREATE_TIME);
    }

    private static SinkRecord keyed(Object key) {
        return new SinkRecord(TOPIC, 2, null, key, null, null, 41);
    }

    private static Object header(SinkRecord record, String name) {
        return record.headers().lastWithName(name).value();
    }
}
