package dev.cdcdelta.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.connector.mongodb.transforms.ExtractNewDocumentState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Debezium's own ExtractNewDocumentState makes of change events, as it is and through a converter without schemas. */
class FlattenedRecordsTest {
    private static final String TOPIC = "app.shop.orders";
    private static final Schema KEY = SchemaBuilder.struct()
            .name(TOPIC + ".Key")
            .field("id", Schema.STRING_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("version", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("ord", Schema.INT32_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("collection", Schema.STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name(TOPIC + ".Envelope")
            .field("before", Schema.OPTIONAL_STRING_SCHEMA)
            .field("after", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "updateDescription",
                    SchemaBuilder.struct()
                            .optional()
                            .field("updatedFields", Schema.OPTIONAL_STRING_SCHEMA)
                            .build())
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    private final ExtractNewDocumentState<SourceRecord> flatten = new ExtractNewDocumentState<>();
    private final SchemaEvolution<SourceRecord> values = new SchemaEvolution.Value<>();

    @BeforeEach
    void configure() {
        flatten.configure(Map.of(
                "delete.tombstone.handling.mode",
                "rewrite",
                "add.fields",
                "op,ts_ms,source.ts_ms,source.ord,db,collection"));
        values.configure(Map.of());
    }

    @AfterEach
    void close() {
        flatten.close();
        values.close();
    }

    /** UTF-8 has no form for it: a column would hold a question mark in its place. */
    @Test
    void halfACharacterIsRefusedWithItsPath() {
        String json = "{\"_id\":1,\"__op\":\"c\",\"a\":{\"b\":[1,\"\\ud800\"]}}";
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", false, "converter.type", "value"));
            Object value = converter
                    .toConnectData(TOPIC, json.getBytes(StandardCharsets.UTF_8))
                    .value();
            assertThatThrownBy(() -> values.apply(
                            new SourceRecord(Map.of(), Map.of(), TOPIC, 0, null, Map.of("id", "1"), null, value)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("'/a/b/1'")
                    .hasMessageContaining("half a surrogate pair");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void becomeDocumentsWithTheirMetadataInHeaders(boolean withSchema) {
        SourceRecord flat = flatten(event("c", "{\"_id\": \"seven\", \"n\": 1.5, \"tags\": [\"a\"], \"none\": null}"));
        SourceRecord typed = transform(withSchema ? flat : withoutSchema(flat));
        Struct document = (Struct) typed.value();
        assertThat(document.schema().fields()).extracting(field -> field.name()).containsExactly("_id", "n", "tags");
        assertThat(document.get("_id")).isEqualTo("seven");
        assertThat(document.get("n")).isEqualTo(1.5);
        assertThat(document.getArray("tags")).containsExactly("a");
        assertThat(header(typed, ChangeHeaders.OPERATION)).isEqualTo("c");
        assertThat(header(typed, ChangeHeaders.SOURCE_TIME)).isEqualTo(5L);
        assertThat(header(typed, ChangeHeaders.SOURCE_ORDINAL)).isEqualTo(3);
        assertThat(header(typed, ChangeHeaders.DATABASE)).isEqualTo("shop");
        assertThat(header(typed, ChangeHeaders.COLLECTION)).isEqualTo("orders");
        assertThat(Parts.of(typed.key(), "_id")).isEqualTo("seven");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void becomeDeletesWhoseKeyIsThatOfTheirDocument(boolean withSchema) {
        SourceRecord flat = flatten(event("d", null));
        SourceRecord typed = transform(withSchema ? flat : withoutSchema(flat));
        assertThat(typed.value()).isNull();
        assertThat(typed.valueSchema()).isNull();
        assertThat(Parts.of(typed.key(), "_id")).isEqualTo("seven");
        assertThat(header(typed, ChangeHeaders.OPERATION)).isEqualTo("d");
        assertThat(header(typed, ChangeHeaders.SOURCE_TIME)).isEqualTo(5L);
    }

    @Test
    void shareTheGrowingSchemaOfTheirTopic() {
        Schema first =
                transform(flatten(event("c", "{\"_id\": \"a\", \"n\": 1}"))).valueSchema();
        Schema second = transform(flatten(event("u", "{\"_id\": \"b\", \"n\": 2.5, \"m\": true}")))
                .valueSchema();
        assertThat(second.fields()).extracting(field -> field.name()).containsExactly("_id", "n", "m");
        assertThat(first.field("n").schema().type()).isEqualTo(Schema.Type.INT32);
        assertThat(second.field("n").schema().type()).isEqualTo(Schema.Type.FLOAT64);
        assertThat(transform(flatten(event("c", "{\"_id\": \"c\"}"))).valueSchema())
                .isSameAs(second);
    }

    @Test
    void areReadWithoutAnyAddedFieldsIfTheyHaveNoSchema() {
        SourceRecord typed = transform(record(null, Map.of("id", "a"), null, Map.of("_id", "a", "n", 1L)));
        assertThat(((Struct) typed.value()).get("n")).isEqualTo(1L);
        assertThat(typed.headers().lastWithName(ChangeHeaders.OPERATION)).isNull();
    }

    @Test
    void areHandedOnWithASchemaAndWithoutAddedFields() {
        try (ExtractNewDocumentState<SourceRecord> plain = new ExtractNewDocumentState<>()) {
            plain.configure(Map.of());
            SourceRecord flat = requireNonNull(plain.apply(event("c", "{\"_id\": \"a\", \"n\": 1}")));
            assertThat(values.apply(flat)).isSameAs(flat);
        }
    }

    @Test
    void areRefusedWhereAFieldWouldBeTakenForASidecar() {
        SourceRecord flat = flatten(event("c", "{\"_id\": \"a\", \"o\": [{\"x__json\": \"1\"}]}"));
        assertThatThrownBy(() -> values.apply(flat))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'o.x__json'")
                .hasMessageContaining("Take ExtractNewDocumentState out");
    }

    private SourceRecord flatten(SourceRecord event) {
        return requireNonNull(flatten.apply(event));
    }

    private SourceRecord transform(SourceRecord record) {
        return requireNonNull(values.apply(record));
    }

    private static SourceRecord event(String operation, @Nullable String after) {
        Struct source = new Struct(SOURCE)
                .put("version", "3.6.1.Final")
                .put("ts_ms", 5L)
                .put("ord", 3)
                .put("db", "shop")
                .put("collection", "orders");
        Struct envelope = new Struct(ENVELOPE)
                .put("after", after)
                .put("source", source)
                .put("op", operation)
                .put("ts_ms", 6L);
        return record(KEY, new Struct(KEY).put("id", "\"seven\""), ENVELOPE, envelope);
    }

    /** What a sink reads whose converter has schemas.enable=false. */
    private static SourceRecord withoutSchema(SourceRecord record) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", false, "converter.type", "value"));
            Object key = converter
                    .toConnectData(TOPIC, converter.fromConnectData(TOPIC, record.keySchema(), record.key()))
                    .value();
            Object value = converter
                    .toConnectData(TOPIC, converter.fromConnectData(TOPIC, record.valueSchema(), record.value()))
                    .value();
            return record(null, key, null, value);
        }
    }

    private static SourceRecord record(@Nullable Schema keySchema, Object key, @Nullable Schema schema, Object value) {
        return new SourceRecord(Map.of(), Map.of(), TOPIC, 0, keySchema, key, schema, value);
    }

    private static Object header(SourceRecord record, String name) {
        return record.headers().lastWithName(name).value();
    }
}
