package dev.cdcdelta.smt.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonBinary;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "{\"$numberInt\":\"5\"}",
                "{\"$numberLong\":\"5\"}",
                "5.0",
                "{\"$numberDouble\":\"5.0\"}",
                "{\"$numberDecimal\":\"5\"}",
                "{\"$numberDecimal\":\"5.00\"}",
                "{\"$numberDecimal\":\"0.5E+1\"}"
            })
    void isOneForEqualNumbersOfAnyType(String text) {
        assertThat(DocumentKey.ofExtendedJson(text)).isEqualTo(DocumentKey.of(new BsonInt32(5)));
    }

    @Test
    void isOneForAllZerosAndOneForAllNotANumbers() {
        assertThat(List.of("0", "-0.0", "{\"$numberDecimal\":\"-0E+3\"}", "{\"$numberDecimal\":\"0.00\"}"))
                .allSatisfy(text ->
                        assertThat(DocumentKey.ofExtendedJson(text).canonical()).isEqualTo("0"));
        assertThat(DocumentKey.ofExtendedJson("NaN"))
                .isEqualTo(DocumentKey.ofExtendedJson("{\"$numberDecimal\":\"NaN\"}"))
                .isEqualTo(DocumentKey.of(new BsonDouble(Double.longBitsToDouble(0x7ff8_0000_0000_0001L))));
        assertThat(DocumentKey.ofExtendedJson("-Infinity"))
                .isEqualTo(DocumentKey.ofExtendedJson("{\"$numberDecimal\":\"-Infinity\"}"))
                .isNotEqualTo(DocumentKey.ofExtendedJson("Infinity"));
    }

    @Test
    void comparesNumbersExactly() {
        assertThat(DocumentKey.of(new BsonDouble(0.1)))
                .isNotEqualTo(DocumentKey.of(new BsonDecimal128(Decimal128.parse("0.1"))));
        assertThat(DocumentKey.of(new BsonInt64((1L << 53) + 1)))
                .isNotEqualTo(DocumentKey.of(new BsonDouble((1L << 53) + 1)));
        assertThat(DocumentKey.of(new BsonInt64(Long.MAX_VALUE))).isNotEqualTo(DocumentKey.of(new BsonDouble(0x1p63)));
        assertThat(DocumentKey.of(new BsonInt64(Long.MIN_VALUE))).isEqualTo(DocumentKey.of(new BsonDouble(-0x1p63)));
        assertThat(DocumentKey.of(new BsonDouble(0x1p63)))
                .isEqualTo(DocumentKey.of(new BsonDecimal128(Decimal128.parse("9223372036854775808"))));
        assertThat(DocumentKey.of(new BsonDouble(1.5)))
                .isEqualTo(DocumentKey.of(new BsonDecimal128(Decimal128.parse("1.50"))));
    }

    @Test
    void agreesWithExactArithmetic() {
        Random random = Seed.random(this);
        for (int round = 0; round < 20_000; round++) {
            BsonNumber left = number(random);
            BsonNumber right = number(random);
            boolean equal = exact(left).compareTo(exact(right)) == 0;
            assertThat(DocumentKey.of(left).equals(DocumentKey.of(right)))
                    .as("%s, %s", left, right)
                    .isEqualTo(equal);
            assertThat(DocumentKey.ofExtendedJson(DocumentKey.of(left).canonical()))
                    .isEqualTo(DocumentKey.of(left));
        }
    }

    private static BsonNumber number(Random random) {
        long bits = random.nextBoolean() ? random.nextLong() >> random.nextInt(64) : 1L << random.nextInt(64);
        return switch (random.nextInt(4)) {
            case 0 -> new BsonInt32((int) bits);
            case 1 -> new BsonInt64(bits);
            case 2 -> new BsonDouble(bits * (random.nextBoolean() ? 1 : 0.125));
            default -> new BsonDecimal128(new Decimal128(new BigDecimal(BigInteger.valueOf(bits), random.nextInt(4))));
        };
    }

    private static BigDecimal exact(BsonNumber number) {
        if (number instanceof BsonDecimal128 decimal) {
            return decimal.getValue().isNegative() && decimal.doubleValue() == 0
                    ? BigDecimal.ZERO
                    : decimal.getValue().bigDecimalValue();
        }
        return number instanceof BsonDouble real
                ? new BigDecimal(real.getValue())
                : BigDecimal.valueOf(number.longValue());
    }

    @Test
    void differsForValuesThatMongoDbTellsApart() {
        List<String> texts = List.of(
                "5",
                "\"5\"",
                "null",
                "\"null\"",
                "true",
                "{\"$undefined\":true}",
                "{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}",
                "\"5f5f5f5f5f5f5f5f5f5f5f5f\"",
                "{\"$date\":5}",
                "{\"$timestamp\":{\"t\":5,\"i\":0}}",
                "{\"$binary\":{\"base64\":\"\",\"subType\":\"00\"}}",
                "{\"$binary\":{\"base64\":\"\",\"subType\":\"05\"}}",
                "{\"$minKey\":1}",
                "{\"$maxKey\":1}",
                "{\"a\":1,\"b\":2}",
                "{\"b\":2,\"a\":1}",
                "{\"a\":1}",
                "{\"a\":1,\"b\":null}",
                "{\"a\":\"1\"}",
                "{\"a,b\":1}",
                "{}",
                "[]",
                "[1]",
                "[[1]]");
        List<DocumentKey> keys = new ArrayList<>();
        texts.forEach(text -> keys.add(DocumentKey.ofExtendedJson(text)));
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void comparesNumbersWithinDocumentsByValueToo() {
        assertThat(DocumentKey.ofExtendedJson("{\"a\":{\"$numberLong\":\"1\"},\"b\":[2.0]}"))
                .isEqualTo(DocumentKey.ofExtendedJson("{\"a\":1,\"b\":[{\"$numberDecimal\":\"2\"}]}"));
    }

    @Test
    void isOneForAStringAndASymbolOfTheSameLetters() {
        assertThat(DocumentKey.of(new BsonSymbol("a"))).isEqualTo(DocumentKey.of(new BsonString("a")));
    }

    @ParameterizedTest
    @EnumSource(
            value = JsonMode.class,
            names = {"STRICT", "EXTENDED", "RELAXED"})
    void isTheSameFromAnyDialect(JsonMode mode) {
        JsonWriterSettings settings =
                JsonWriterSettings.builder().outputMode(mode).build();
        RandomDocuments documents = new RandomDocuments(Seed.random(this), mode == JsonMode.EXTENDED);
        for (int round = 0; round < 3000; round++) {
            BsonValue id = documents.value(2);
            BsonDocument wrapped = new BsonDocument("id", id);
            assertThat(DocumentKey.ofExtendedJson(wrapped.toJson(settings)))
                    .as(wrapped.toJson())
                    .isEqualTo(DocumentKey.of(wrapped));
            assertThat(DocumentKey.ofExtendedJson(DocumentKey.of(id).canonical()))
                    .isEqualTo(DocumentKey.of(id));
        }
    }

    @Test
    void readsColumnsOfOtherWriters() {
        DocumentKey five = DocumentKey.of(new BsonInt32(5));
        assertThat(DocumentKey.ofColumn(ScalarType.INT32, 5)).isEqualTo(five);
        assertThat(DocumentKey.ofColumn(ScalarType.INT64, 5L)).isEqualTo(five);
        assertThat(DocumentKey.ofColumn(ScalarType.FLOAT, 5f)).isEqualTo(five);
        assertThat(DocumentKey.ofColumn(ScalarType.DOUBLE, 5.0)).isEqualTo(five);
        assertThat(DocumentKey.ofColumn(new DecimalType(38, 10), new BigDecimal("5.0000000000")))
                .isEqualTo(five);
        assertThat(DocumentKey.ofColumn(ScalarType.DECIMAL128, "5.0")).isEqualTo(five);
        assertThat(DocumentKey.ofColumn(ScalarType.JSON, "{\"$numberLong\":\"5\"}"))
                .isEqualTo(five);
        assertThat(DocumentKey.ofColumn(ScalarType.STRING, "5")).isEqualTo(DocumentKey.of(new BsonString("5")));
        assertThat(DocumentKey.ofColumn(ScalarType.DATE, -1L)).isEqualTo(DocumentKey.ofExtendedJson("{\"$date\":-1}"));
        assertThat(DocumentKey.ofColumn(ScalarType.BINARY, new byte[] {1}))
                .isEqualTo(DocumentKey.of(new BsonBinary(new byte[] {1})));
    }
}
