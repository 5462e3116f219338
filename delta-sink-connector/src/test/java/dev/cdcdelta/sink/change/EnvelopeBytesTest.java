package dev.cdcdelta.sink.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeBytesTest {
    private static final String TOPIC = "app.shop.orders";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"c\",\"after\":\"{\\\"_id\\\": 1, \\\"a\\\": NaN}\",\"before\":null,\"source\":{\"ts_ms\":1700000000123,\"ord\":3}}",
                "{\"op\":\"u\",\"updateDescription\":{\"removedFields\":[\"a\",\"b.c\"],\"truncatedArrays\":[{\"field\":\"x\",\"size\":2}]}}",
                "{\"a\":1.5,\"b\":1e300,\"c\":0.0,\"d\":[1,2.5,null,true,{}],\"e\":{\"f\":[[]]},\"g\":false}",
                "{\"a\":1,\"a\":2}",
                "{\"text\":\"\\u00fc \\ud83d\\ude00 \\\\ \\\" \\n\"}",
                "null",
                "{}"
            })
    void readsWhatConnectsJsonConverterReads(String json) {
        assertThat(value(json)).isEqualTo(converted(json));
    }

    @Test
    void negativeZeroStaysWhatConnectsJsonConverterMakesAZero() {
        assertThat(value("{\"a\":-0.0}")).isEqualTo(Map.of("a", -0.0));
    }

    @Test
    void payloadWithItsSchemaIsTheSameAsWithout() {
        String payload = "{\"op\":\"c\",\"after\":\"{}\"}";

        assertThat(value("{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":" + payload + "}"))
                .isEqualTo(value(payload));
    }

    @Test
    void otherValuesStayAsTheyAre() {
        SinkRecord record = record(Map.of("op", "c"));

        assertThat(EnvelopeBytes.read(record)).isSameAs(record);
    }

    @Test
    void documentsOfSixteenMegabytesAreRead() {
        String text = "x".repeat(40_000_000);

        assertThat(value("{\"after\":\"" + text + "\"}")).isEqualTo(Map.of("after", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"after\":\"secret",
                "\u0000\u0000\u0001secret",
                "{\"a\":secret}",
                "{} {}",
                "{\"a\":99999999999999999999}"
            })
    void whatIsNoJsonIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> value(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("The value is bytes that are")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private static @Nullable Object value(String json) {
        return EnvelopeBytes.read(record(json.getBytes(StandardCharsets.UTF_8))).value();
    }

    private static SinkRecord record(Object value) {
        return new SinkRecord(
                TOPIC, 0, null, null, Schema.OPTIONAL_BYTES_SCHEMA, value, 7, 5L, TimestampType.CREATE_TIME);
    }

    private static @Nullable Object converted(String json) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            return converter
                    .toConnectData(TOPIC, json.getBytes(StandardCharsets.UTF_8))
                    .value();
        }
    }
}
