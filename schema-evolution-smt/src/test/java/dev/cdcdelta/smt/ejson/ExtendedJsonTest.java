package dev.cdcdelta.smt.ejson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import java.util.Base64;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedJsonTest {
    private static final int ROUNDS = 3000;

    @ParameterizedTest
    @EnumSource(
            value = JsonMode.class,
            names = {"STRICT", "EXTENDED", "RELAXED"})
    void readsWhatBsonWritersWriteAsBsonReadersDo(JsonMode mode) {
        JsonWriterSettings settings =
                JsonWriterSettings.builder().outputMode(mode).build();
        RandomDocuments documents = new RandomDocuments(Seed.random(this), mode == JsonMode.EXTENDED);
        for (int round = 0; round < ROUNDS; round++) {
            BsonDocument document = documents.document(3);
            String text = document.toJson(settings);
            BsonDocument read = ExtendedJson.parseDocument(text);
            assertThat(read).as(text).isEqualTo(BsonDocument.parse(text));
            if (mode != JsonMode.RELAXED) {
                assertThat(read).as(text).isEqualTo(document);
            }
        }
    }

    @Test
    void writesCanonicalTextThatLosesNothing() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < ROUNDS; round++) {
            BsonValue value = documents.value(3);
            String text = ExtendedJson.text(value);
            assertThat(ExtendedJson.parse(text)).as(text).isEqualTo(value);
            assertThat(BsonDocument.parse("{\"v\":" + text + "}").get("v"))
                    .as(text)
                    .isEqualTo(value);
        }
    }

    @Test
    void writesDoublesAlikeOnEveryJdk() {
        assertThat(ExtendedJson.text(new BsonDouble(Double.parseDouble("2E23"))))
                .isEqualTo("{\"$numberDouble\":\"2.0E23\"}");
        assertThat(ExtendedJson.text(new BsonDouble(-0.0))).isEqualTo("{\"$numberDouble\":\"-0.0\"}");
    }

    @Test
    void readsVersionOneAsDebeziumWritesIt() {
        BsonDocument read =
                ExtendedJson.parseDocument("{\"_id\": {\"$numberLong\": \"7\"}, \"n\": NaN, \"p\": Infinity,"
                        + " \"m\": -Infinity, \"d\": {\"$date\": 1700000000123}, \"b\": {\"$binary\": \"AQI=\", \"$type\": \"04\"},"
                        + " \"r\": {\"$regex\": \"^a\", \"$options\": \"i\"}, \"t\": {\"$timestamp\": {\"t\": 4294967295, \"i\": 2}},"
                        + " \"i\": 7, \"f\": 7.0, \"g\": 1.0E20}");
        assertThat(read)
                .isEqualTo(new BsonDocument("_id", new BsonInt64(7))
                        .append("n", new BsonDouble(Double.NaN))
                        .append("p", new BsonDouble(Double.POSITIVE_INFINITY))
                        .append("m", new BsonDouble(Double.NEGATIVE_INFINITY))
                        .append("d", new BsonDateTime(1700000000123L))
                        .append("b", new BsonBinary((byte) 4, new byte[] {1, 2}))
                        .append("r", new BsonRegularExpression("^a", "i"))
                        .append("t", new BsonTimestamp(-1, 2))
                        .append("i", new BsonInt32(7))
                        .append("f", new BsonDouble(7.0))
                        .append("g", new BsonDouble(1e20)));
    }

    @Test
    void readsAReferenceAsTheDocumentThatADbRefIs() {
        String reference = "{\"$ref\":\"orders\",\"$id\":{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}}";
        assertThat(ExtendedJson.parse(reference)).isInstanceOf(BsonDocument.class);
        assertThat(ExtendedJson.parse("{\"$dbPointer\":" + reference + "}")).isInstanceOf(BsonDbPointer.class);
    }

    @Test
    void readsADateInAnyOfItsForms() {
        BsonDateTime date = new BsonDateTime(1700000000123L);
        assertThat(ExtendedJson.parse("{\"$date\":1700000000123}")).isEqualTo(date);
        assertThat(ExtendedJson.parse("{\"$date\":{\"$numberLong\":\"1700000000123\"}}"))
                .isEqualTo(date);
        assertThat(ExtendedJson.parse("{\"$date\":\"2023-11-14T22:13:20.123Z\"}"))
                .isEqualTo(date);
        assertThat(ExtendedJson.parse("{\"$date\":\"2023-11-14T23:13:20.123+01:00\"}"))
                .isEqualTo(date);
        assertThat(ExtendedJson.parse("{\"$date\":0}")).isEqualTo(new BsonDateTime(0));
    }

    @Test
    void readsBareIntegersAsTheSmallestTypeThatHoldsThem() {
        assertThat(ExtendedJson.parse(" 7 ")).isEqualTo(new BsonInt32(7));
        assertThat(ExtendedJson.parse("2147483648")).isEqualTo(new BsonInt64(2147483648L));
        assertThat(ExtendedJson.parse("9223372036854775808")).isEqualTo(new BsonDouble(0x1p63));
        assertThat(ExtendedJson.parse("9223372036854775809"))
                .isEqualTo(new BsonDecimal128(Decimal128.parse("9223372036854775809")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$oid\":5}",
                "{\"$oid\":\"not hexadecimal\"}",
                "{\"$numberLong\":\"x\"}",
                "{\"$numberInt\":\"2147483648\"}",
                "{\"$numberDecimal\":\"1,5\"}",
                "{\"$date\":\"yesterday\"}",
                "{\"$date\":\"+999999999-01-01T00:00:00Z\"}",
                "{\"$date\":true}",
                "{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\",\"and\":1}",
                "{\"$binary\":\"AQI=\",\"$type\":\"zz\"}",
                "{\"$binary\":{\"base64\":\"!\",\"subType\":\"00\"}}",
                "{\"$regex\":\"a\"}",
                "{\"$timestamp\":{\"t\":-1,\"i\":0}}",
                "{\"$minKey\":2}",
                "{\"$ref\":\"orders\",\"$id\":7}",
                "{\"$unheardOf\":\"x\"}"
            })
    void keepsADocumentThatOnlyLooksLikeAWrapper(String text) {
        BsonValue read = ExtendedJson.parse(text);
        assertThat(read).isInstanceOf(BsonDocument.class);
        assertThat(read.asDocument().getFirstKey()).startsWith("$");
        assertThat(ExtendedJson.parse(ExtendedJson.text(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":{\"b\":[1,secret]}}",
                "{\"a\":1} {",
                "[1,",
                "{\"a\":\"secret}",
                "{\"a\":1,\"a\":\"secret\"}",
                "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999991"
            })
    void refusesBrokenTextWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> ExtendedJson.parse(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 1, column")
                .hasNoCause()
                .message()
                .doesNotContain("secret", "9999");
    }

    @Test
    void namesThePathOfABreak() {
        assertThatThrownBy(() -> ExtendedJson.parse("{\"a\":{\"b\":[1,secret]}}"))
                .hasMessageContaining("'/a/b/1'");
    }

    @Test
    void refusesAValueWhereADocumentIsExpected() {
        assertThatThrownBy(() -> ExtendedJson.parseDocument("[1]"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ARRAY where a document is expected");
    }

    @Test
    void readsTheLargestDocuments() {
        byte[] bytes = new byte[16 << 20];
        String text = "{\"b\":{\"$binary\":\"" + Base64.getEncoder().encodeToString(bytes) + "\",\"$type\":\"00\"}}";
        assertThat(ExtendedJson.parseDocument(text)).isEqualTo(new BsonDocument("b", new BsonBinary(bytes)));
        String letters = "\\u0001".repeat(4 << 20);
        assertThat(ExtendedJson.parse("\"" + letters + "\"")).isEqualTo(new BsonString("\u0001".repeat(4 << 20)));
    }

    @Test
    void readsDocumentsAsDeepAsMongoDbAllowsAndRefusesDeeperOnes() {
        String nested = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        assertThat(ExtendedJson.text(ExtendedJson.parse(nested))).contains("{\"$numberInt\":\"1\"}");
        assertThatThrownBy(() -> ExtendedJson.parse("[".repeat(100_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1024 levels");
    }
}
