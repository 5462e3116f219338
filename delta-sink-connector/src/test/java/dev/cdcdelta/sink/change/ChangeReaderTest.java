package dev.cdcdelta.sink.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.ChangeHeaders;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {
    private static final String OBJECT_ID = "{\"$oid\":\"5f1a2b3c4d5e6f7a8b9c0d1e\"}";
    private static final DocumentKey KEY = DocumentKey.ofExtendedJson(OBJECT_ID);
    private static final String KEY_TEXT = "{\"id\":\"{\\\"$oid\\\":\\\"5f1a2b3c4d5e6f7a8b9c0d1e\\\"}\"}";
    private static final Map<String, Object> DEBEZIUM_KEY = Map.of("id", OBJECT_ID);

    private final ChangeReader reader = new ChangeReader(SchemaRules.DEFAULT, topic -> new StructType(List.of()));
    private long offset;

    @Test
    void aSchemalessEnvelopeIsAnUpsert() {
        Change change = read(null, DEBEZIUM_KEY, null, envelope("u", "{\"_id\":" + OBJECT_ID + ",\"n\":1}"));
        assertThat(change).isInstanceOfSatisfying(Change.Upsert.class, upsert -> {
            assertThat(upsert.key()).isEqualTo(KEY);
            assertThat(upsert.version()).isEqualTo(new SourceVersion(1000, 2));
            assertThat(upsert.operation()).isEqualTo(Operation.UPDATE);
            assertThat(upsert.after().getInt32("n")).isEqualTo(1);
        });
    }

    @Test
    void aStructEnvelopeIsAnUpsert() {
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
                .field("op", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Struct origin = new Struct(source)
                .put("ts_ms", 7L)
                .put("ord", 1)
                .put("db", "shop")
                .put("collection", "orders");
        Struct envelope = new Struct(schema)
                .put("after", "{\"_id\":5}")
                .put("source", origin)
                .put("op", "r");
        Change change = read(null, Map.of("id", "5"), schema, envelope);
        assertThat(change.key()).isEqualTo(DocumentKey.ofExtendedJson("5"));
        assertThat(((Change.Upsert) change).operation()).isEqualTo(Operation.READ);
    }

    @Test
    void whatTheTransformMadeIsUnderstoodToo() {
        SinkRecord raw = record(null, DEBEZIUM_KEY, null, envelope("c", "{\"_id\":" + OBJECT_ID + "}"));
        Change change;
        try (SchemaEvolution.Value<SinkRecord> values = new SchemaEvolution.Value<>();
                SchemaEvolution.Key<SinkRecord> keys = new SchemaEvolution.Key<>()) {
            values.configure(Map.of());
            keys.configure(Map.of());
            SinkRecord keyed = Objects.requireNonNull(keys.apply(raw));
            change = reader.read(Objects.requireNonNull(values.apply(keyed))).orElseThrow();
        }
        assertThat(change.key()).isEqualTo(KEY);
        assertThat(change.version()).isEqualTo(new SourceVersion(1000, 2));
    }

    @Test
    void aPlainStructGoesByItsOffset() {
        Schema schema = SchemaBuilder.struct()
                .field("_id", Schema.STRING_SCHEMA)
                .field("n", Schema.INT32_SCHEMA)
                .build();
        Change change =
                read(null, null, schema, new Struct(schema).put("_id", "x").put("n", 1));
        assertThat(change.key()).isEqualTo(DocumentKey.ofExtendedJson("\"x\""));
        assertThat(change.version()).isEqualTo(SourceVersion.UNKNOWN);
    }

    @Test
    void aDeleteIsKeyedByTheRecordKey() {
        assertThat(read(null, DEBEZIUM_KEY, null, envelope("d", null)))
                .isEqualTo(new Change.Delete(KEY, new SourceVersion(1000, 2)));
    }

    @Test
    void aDeleteOfTheTransformsIsKeyedByItsStruct() {
        Schema keySchema = SchemaBuilder.struct()
                .field(
                        "_id",
                        SchemaBuilder.string()
                                .name("dev.cdcdelta.bson.ObjectId")
                                .build())
                .build();
        Struct key = new Struct(keySchema).put("_id", "5f1a2b3c4d5e6f7a8b9c0d1e");
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString(ChangeHeaders.OPERATION, "d");
        headers.addLong(ChangeHeaders.SOURCE_TIME, 9L);
        SinkRecord record = new SinkRecord("t", 0, keySchema, key, null, null, offset++, null, null, headers);
        assertThat(reader.read(record)).contains(new Change.Delete(KEY, new SourceVersion(9, 0)));
    }

    @Test
    void plainKeysOfTombstonesAreUnderstood() {
        assertThat(read(Schema.INT64_SCHEMA, 5L, null, null).key()).isEqualTo(DocumentKey.ofExtendedJson("5"));
        assertThat(read(null, "x", null, null).key()).isEqualTo(DocumentKey.ofExtendedJson("\"x\""));
        assertThat(read(null, 5, null, null).key()).isEqualTo(DocumentKey.ofExtendedJson("5"));
    }

    @Test
    void aDebeziumKeyThatCameAsItsTextIsReadAllTheSame() {
        for (Object key : List.of(KEY_TEXT, KEY_TEXT.getBytes(StandardCharsets.UTF_8))) {
            assertThat(read(null, key, null, envelope("d", null)))
                    .isEqualTo(new Change.Delete(KEY, new SourceVersion(1000, 2)));
            assertThat(reader.read(record(null, key, null, null)))
                    .as("tombstone behind")
                    .isEmpty();
            assertThat(read(null, key, null, null)).isEqualTo(new Change.Delete(KEY, SourceVersion.UNKNOWN));
        }
        assertThat(read(Schema.STRING_SCHEMA, "{\"id\":\"\\\"x\\\"\"}", null, envelope("d", null))
                        .key())
                .isEqualTo(DocumentKey.ofExtendedJson("\"x\""));
    }

    @Test
    void aDeleteEventWithAnotherKeyThanDebeziumsIsRefused() {
        for (Object key : List.of(
                "5f1a2b3c4d5e6f7a8b9c0d1e",
                "Struct{id=5}",
                "{\"id\":5}",
                "{\"id\":\"5\",\"more\":1}",
                "{\"schema\":null,\"payload\":{\"id\":\"5\"}}",
                "x".getBytes(StandardCharsets.UTF_8),
                5L,
                Map.of("_id", "5f1a2b3c4d5e6f7a8b9c0d1e"))) {
            assertThatThrownBy(() -> read(null, key, null, envelope("d", null)))
                    .as("%s", key)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("key.converter");
        }
        assertThatThrownBy(() -> read(null, "{\"id\":5}", null, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("key.converter");
    }

    @Test
    void anIdThatBeliesItsSchemaOrTellsNoDocumentApartIsRefused() {
        refusesId(named("ObjectId"), "secret");
        refusesId(named("Uuid"), "secret");
        refusesId(named("Decimal128"), "secret");
        refusesId(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build(), Map.of("k", "secret"));
        refusesId(Decimal.builder(-2).build(), new BigDecimal("1E+2"));
        Schema scaleless = SchemaBuilder.bytes().name(Decimal.LOGICAL_NAME).build();
        Schema document = SchemaBuilder.struct().field("_id", scaleless).build();
        assertThatThrownBy(() -> read(null, null, document, new Struct(document).put("_id", BigDecimal.ONE)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("scale");
        Schema nested = SchemaBuilder.struct().field("part", named("ObjectId")).build();
        refusesId(nested, new Struct(nested).put("part", "secret"));
    }

    private void refusesId(Schema idSchema, Object id) {
        Schema schema = SchemaBuilder.struct().field("_id", idSchema).build();
        assertThatThrownBy(() -> read(null, null, schema, new Struct(schema).put("_id", id)))
                .as("%s", idSchema.name())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("_id")
                .hasMessageContaining(idSchema.type().toString())
                .hasMessageNotContaining("secret");
    }

    private static Schema named(String name) {
        return SchemaBuilder.string().name("dev.cdcdelta.bson." + name).build();
    }

    @Test
    void theTombstoneBehindADeleteSaysNothing() {
        read(null, DEBEZIUM_KEY, null, envelope("d", null));
        assertThat(reader.read(record(null, DEBEZIUM_KEY, null, null))).isEmpty();
        assertThat(reader.read(record(null, DEBEZIUM_KEY, null, null)))
                .contains(new Change.Delete(KEY, SourceVersion.UNKNOWN));
    }

    @Test
    void aTombstoneOfAnotherKeyIsADelete() {
        read(null, DEBEZIUM_KEY, null, envelope("d", null));
        assertThat(read(null, Map.of("id", "1"), null, null)).isInstanceOf(Change.Delete.class);
    }

    @Test
    void anUpdateWithoutAnImageSaysNothing() {
        assertThat(reader.read(record(null, DEBEZIUM_KEY, null, envelope("u", null))))
                .isEmpty();
    }

    @Test
    void whatIsNoChangeIsRefused() {
        assertThatThrownBy(() -> read(null, DEBEZIUM_KEY, null, "text"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("value.converter");
        assertThatThrownBy(() -> read(null, null, null, null)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> read(null, Map.of("other", 1), null, null)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> read(null, DEBEZIUM_KEY, null, envelope("u", "{broken")))
                .isInstanceOf(DataException.class);
    }

    @Test
    void aDocumentWithoutAnIdIsRefused() {
        Schema schema = SchemaBuilder.struct().field("n", Schema.INT32_SCHEMA).build();
        assertThatThrownBy(() -> read(null, null, schema, new Struct(schema).put("n", 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("_id");
    }

    private Change read(
            @Nullable Schema keySchema, @Nullable Object key, @Nullable Schema schema, @Nullable Object value) {
        return reader.read(record(keySchema, key, schema, value)).orElseThrow();
    }

    private SinkRecord record(
            @Nullable Schema keySchema, @Nullable Object key, @Nullable Schema schema, @Nullable Object value) {
        return new SinkRecord("mongo.shop.orders", 0, keySchema, key, schema, value, offset++);
    }

    private static Map<String, Object> envelope(String operation, @Nullable String after) {
        Map<String, Object> source = Map.of("ts_ms", 1000L, "ord", 2L, "db", "shop", "collection", "orders");
        Map<String, Object> envelope = new HashMap<>();
        envelope.put("op", operation);
        envelope.put("after", after);
        envelope.put("source", source);
        return envelope;
    }
}
