package dev.cdcdelta.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of docs/explanation/bad-input.md, each for a topic's first document and for one that comes to a known schema. */
class BadInputTest {
    private static final String TOPIC = "app.shop.orders";
    private static final int MEGABYTE = 1 << 20;

    private final SchemaEvolution<SinkRecord> values = new SchemaEvolution.Value<>();

    @BeforeEach
    void configure() {
        values.configure(Map.of());
    }

    @AfterEach
    void close() {
        values.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"_id\":1,\"a\":{\"b\":[1,2|'/a/b/1'|not JSON",
                "{\"_id\":1,\"a\":\"cut|'/a'|not JSON",
                "{\"_id\":1,\"a\":1,\"a\":1}|'/a'|a field occurs twice",
                "{\"_id\":1,\"a\":null,\"a\":null}|'/a'|a field occurs twice",
                "{\"_id\":1,\"a\":[1e400]}|'/a/0'|a number that no BSON type holds",
                "{\"_id\":1,\"a\":-1e-400}|'/a'|a number that no BSON type holds",
                "{\"_id\":1,\"a\":{\"b\":\"\\ud800\"}}|'/a/b'|half a surrogate pair",
                "{\"_id\":1,\"a\":99999999999999999999999999999999999999999999999991}|'/a'|a number that no BSON type holds"
            })
    void isRefusedWithItsPathAndTheReason(String text, String path, String reason) {
        assertRefused(text, path, reason);
        apply("{\"_id\":0,\"a\":1}");
        assertRefused(text, path, reason);
        assertThat(apply("{\"_id\":2,\"a\":5}").get("a")).isEqualTo(5);
    }

    private void assertRefused(String text, String path, String reason) {
        assertThatThrownBy(() -> apply(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic app.shop.orders, partition 0, offset 7")
                .hasMessageContaining(path)
                .hasMessageContaining(reason)
                .hasMessageContaining("Check the converter");
    }

    @Test
    void nestedDeeperThanAnyDocumentIsRefused() {
        String deep = "{\"_id\":1,\"a\":" + "[".repeat(1100) + "]".repeat(1100) + "}";
        assertRefused(deep, "path '/a/0/0", "1024 levels");
        apply("{\"_id\":1,\"a\":[[[]]]}");
        assertRefused(deep, "path '/a/0/0", "1024 levels");
        assertRefused("{\"a\":".repeat(100_000), "path '/a/a", "1024 levels");
    }

    /** On a thread of half the usual stack. */
    @ParameterizedTest
    @CsvSource({"{\"b\":, }", "[, ]"})
    void aThousandLevelsAreTextBelowTheSixteenth(String open, String close) throws InterruptedException {
        String inner = open.repeat(984) + "7" + close.repeat(984);
        String deep = "{\"_id\":1,\"a\":" + open.repeat(15) + inner + close.repeat(15) + "}";
        AtomicReference<Struct> typed = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    apply(deep);
                    typed.set(apply(deep));
                },
                "small stack",
                512 * 1024);
        thread.start();
        thread.join();
        Struct struct = requireNonNull(typed.get());
        Object value = struct.get("a");
        for (int level = 0; level < 15; level++) {
            value = value instanceof Struct part ? part.get("b") : ((List<?>) value).get(0);
        }
        assertThat(value).isEqualTo(inner.replace("7", "{\"$numberInt\":\"7\"}"));
        assertThat(ConnectBson.of(struct.schema(), struct)).isEqualTo(ExtendedJson.parse(deep));
    }

    @Test
    void ofAHundredThousandFieldsAThousandHaveColumns() {
        String text = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"field" + i + "\":" + i)
                .collect(Collectors.joining(",", "{\"_id\":1,", "}"));
        Struct first = apply(text);
        Struct second = apply(text);
        assertThat(first.schema().fields()).hasSize(1001);
        assertThat(second.schema()).isSameAs(first.schema());
        assertThat(second.get("field998")).isEqualTo(998);
        assertThat(ExtendedJson.parseDocument(second.getString("__rest")))
                .hasSize(99_001)
                .containsEntry("field99999", new BsonInt32(99_999));
        assertThat(second).isEqualTo(first);
        assertRefused(text.replace("field99999", "field77"), "'/field77'", "a field occurs twice");
        assertRefused(text.replace("field99999", "field77777"), "'/field77777'", "a field occurs twice");
    }

    /** As of documents that are used as maps. */
    @Test
    void newNamesInEveryDocumentDoNotMakeTheSchemaGrowForever() {
        apply("{\"_id\":0,\"m\":{\"k\":1}}");
        for (int document = 1; document <= 300; document++) {
            StringBuilder text = new StringBuilder("{\"_id\":" + document + ",\"m\":{");
            for (int name = 0; name < 20; name++) {
                String key = "\"k" + document + "_" + name;
                text.append(key)
                        .append("\":1,")
                        .append(key)
                        .append("e\":{},")
                        .append(key)
                        .append("n\":null,");
            }
            Struct struct = apply(text.append("\"last\":[]}}").toString());
            Schema map = struct.getStruct("m").schema();
            assertThat(map.fields()).hasSizeLessThanOrEqualTo(1001);
            assertThat(((BsonDocument) ConnectBson.of(null, struct))
                            .getDocument("m")
                            .keySet())
                    .contains("k" + document + "_0", "k" + document + "_19");
        }
        Schema full = apply("{\"_id\":1,\"m\":{\"z\":[{}]}}").schema();
        assertThat(apply("{\"_id\":2,\"m\":{\"y\":[{}],\"x\":2}}").schema()).isSameAs(full);
    }

    @Test
    void sixteenMegabytesAreTyped() {
        String text =
                "{\"_id\":1,\"s\":\"" + "\u00e9".repeat(8 * MEGABYTE) + "\",\"l\":[" + "1,".repeat(MEGABYTE) + "2]}";
        apply(text);
        Struct struct = apply(text);
        assertThat(struct.getString("s")).hasSize(8 * MEGABYTE);
        assertThat(struct.getArray("l")).hasSize(MEGABYTE + 1);
    }

    @Test
    void sixteenMegabytesOfDocumentsAndNamesAreTyped() {
        String documents = IntStream.range(0, 200_000)
                .mapToObj(i -> "{\"k" + i + "\":" + i + ",\"name\":\"" + "x".repeat(60) + "\"}")
                .collect(Collectors.joining(",", "{\"_id\":1,\"l\":[", "]}"));
        assertThat(documents.length()).isGreaterThan(16 * MEGABYTE);
        apply(documents);
        Struct struct = apply(documents);
        assertThat(struct.schema().field("l").schema().valueSchema().fields()).hasSize(1000);
        Struct last = (Struct) struct.getArray("l").get(199_999);
        assertThat(last.getString("__rest")).contains("199999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "a\\udc00\\ud800b", "\\ud83d\\ude00\\ud83d", "%u0041", "%25u0041", "%u", "100%"})
    void halfASurrogatePairInANameIsTypedAndKept(String name) {
        String text = "{\"_id\":1,\"" + name + "\":5,\"deep\":{\"" + name + "\":[1,\"x\"]}}";
        apply(text);
        Struct struct = apply(text);
        assertThat(StandardCharsets.UTF_8
                        .newEncoder()
                        .canEncode(struct.toString() + struct.schema().fields()))
                .isTrue();
        assertThat(ConnectBson.of(null, struct)).isEqualTo(ExtendedJson.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "      ", "_", "a.b", "$a", "\\u0000", "\\ud83d\\ude00"})
    void anyNameIsTyped(String name) {
        apply("{\"_id\":1,\"" + name + "\":5}");
        Struct struct = apply("{\"_id\":1,\"" + name + "\":6}");
        assertThat(struct.schema().fields()).hasSize(2);
        assertThat(struct.get(struct.schema().fields().get(1))).isEqualTo(6);
    }

    @Test
    void aNameOfTenThousandCharactersIsTyped() {
        String name = "n".repeat(10_000);
        assertThat(apply("{\"_id\":1,\"" + name + "\":5}").get(name)).isEqualTo(5);
        assertThat(apply("{\"_id\":1,\"" + name + "\":6}").get(name)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"$date\":9214646400000000000}", "{\"$date\":{\"$numberLong\":\"-9214646400000000000\"}}"})
    void aDateOfTheYear292MillionIsKeptAsText(String date) {
        assertThat((String) apply("{\"_id\":1,\"d\":" + date + "}").get("d")).contains("9214646400000000000");
        values.forget(TOPIC);
        apply("{\"_id\":1,\"d\":{\"$date\":0}}");
        Struct struct = apply("{\"_id\":2,\"d\":" + date + "}");
        assertThat(struct.get("d")).isNull();
        assertThat(struct.getString("d__json")).contains("9214646400000000000");
    }

    @Test
    void aNumberThatOnlyALargerTypeHoldsGoesThere() {
        Struct struct = apply("{\"_id\":1,\"a\":9223372036854775808,\"b\":9223372036854775809}");
        assertThat(struct.get("a")).isEqualTo(0x1p63);
        assertThat(struct.get("b")).isEqualTo("9223372036854775809");
    }

    /** Broken bytes do not reach the transform: the converter refuses them. */
    @Test
    void invalidUtf8IsRefusedByTheConverter() {
        byte[] bytes = "{\"after\":\"{}\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", false, "converter.type", "value"));
            assertThatThrownBy(() -> converter.toConnectData(TOPIC, bytes)).isInstanceOf(DataException.class);
        }
    }

    private Struct apply(String after) {
        Map<String, Object> envelope = Map.of("op", "c", "after", after, "source", Map.of("collection", "orders"));
        SinkRecord record = new SinkRecord(TOPIC, 0, null, Map.of("id", "1"), null, envelope, 7);
        return (Struct) requireNonNull(values.apply(record)).value();
    }
}
