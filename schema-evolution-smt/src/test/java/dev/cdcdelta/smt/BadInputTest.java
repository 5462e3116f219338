package dev.cdcdelta.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
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
                "{\"_id\":1,\"a\":{\"\\udc00\":1}}|'/a|half a surrogate pair",
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
    void nestedDeeperThanTheLimitIsRefused() {
        String deep = "{\"_id\":1,\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        assertRefused(deep, "path '/a/0/0", "512 levels");
        apply("{\"_id\":1,\"a\":[[[]]]}");
        assertRefused(deep, "path '/a/0/0", "512 levels");
        assertRefused("{\"a\":".repeat(100_000), "path '/a/a", "512 levels");
    }

    @Test
    void nestedAsDeepAsTheLimitIsTyped() {
        String deep = "{\"_id\":1,\"a\":" + "{\"b\":".repeat(500) + "1" + "}".repeat(500) + "}";
        apply(deep);
        Struct struct = apply(deep).getStruct("a");
        for (int level = 1; level < 500; level++) {
            struct = struct.getStruct("b");
        }
        assertThat(struct.get("b")).isEqualTo(1);
    }

    @Test
    void aHundredThousandFieldsAreTyped() {
        String text = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"field" + i + "\":" + i)
                .collect(Collectors.joining(",", "{\"_id\":1,", "}"));
        Struct first = apply(text);
        Struct second = apply(text);
        assertThat(first.schema().fields()).hasSize(100_001);
        assertThat(second.schema()).isSameAs(first.schema());
        assertThat(second.get("field99999")).isEqualTo(99_999);
        assertRefused(text.replace("field99999", "field77"), "'/field77'", "a field occurs twice");
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
