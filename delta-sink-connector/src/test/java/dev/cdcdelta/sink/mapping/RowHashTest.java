package dev.cdcdelta.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The golden values were computed by the reference implementation (python-xxhash) over bytes put together by hand. */
class RowHashTest {
    private static final Column ID = column("_id", ScalarType.STRING);

    @Test
    void theHashIsXxh3OfTheCanonicalBytes() {
        HashStream128 nothing = Hashing.xxh3_128().hashStream();
        assertThat(nothing.get().getMostSignificantBits()).isEqualTo(0x99aa06d3014798d8L);
        assertThat(nothing.get().getLeastSignificantBits()).isEqualTo(0x6001c324468d497fL);
        assertThat(hash(List.of(ID), new Object[] {null})).isEqualTo("23fe8b8876a707cc21f5f617957fff58");
    }

    @Test
    void scalarsHaveGoldenHashes() {
        List<Column> columns = List.of(
                ID,
                column("n", ScalarType.DOUBLE),
                column("flag", ScalarType.BOOLEAN),
                column("at", ScalarType.DATE),
                column("bin", ScalarType.BINARY));
        assertThat(hash(columns, "a", 1.5, true, 1_700_000_000_123_000L, new byte[] {1, 2}))
                .isEqualTo("2c354b500f18f5eeb876eecc19fa8d25");
    }

    @Test
    void documentsAndArraysHaveGoldenHashes() {
        ColumnType.Struct address = new ColumnType.Struct(List.of(column("city", ScalarType.STRING)));
        List<Column> columns = List.of(
                column("_id", ScalarType.INT32),
                new Column("tags", "tags", new ColumnType.Array(new ColumnType.Leaf(ScalarType.INT32))),
                new Column("address", "address", address));
        assertThat(hash(columns, 7, Arrays.asList(1, null, 3), new Object[] {"Ulm"}))
                .isEqualTo("69c5d136b42605df456568ec10541ece");
    }

    @Test
    void longAndPreciseValuesHaveGoldenHashes() {
        assertThat(hash(List.of(ID, column("s", ScalarType.STRING)), "a", "x".repeat(5000)))
                .isEqualTo("8b2a91a7bf3bc648c36e046d406e1bef");
        assertThat(hash(
                        List.of(ID, column("big", new DecimalType(38, 30))),
                        "a",
                        new BigDecimal("1.234567890123456789012345600000")))
                .isEqualTo("2104e86d85cfb853542c7b264b23ecb9");
    }

    @Test
    void equalNumbersOfAllTypesHaveOneHash() {
        String five = "1f222b44107a161ff25d68c0ff2e1cc1";
        assertThat(hash(List.of(ID, column("n", ScalarType.INT32)), "a", 5)).isEqualTo(five);
        assertThat(hash(List.of(ID, column("n", ScalarType.INT64)), "a", 5L)).isEqualTo(five);
        assertThat(hash(List.of(ID, column("n", ScalarType.FLOAT)), "a", 5f)).isEqualTo(five);
        assertThat(hash(List.of(ID, column("n", ScalarType.DOUBLE)), "a", 5.0)).isEqualTo(five);
        assertThat(hash(List.of(ID, column("n", new DecimalType(10, 2))), "a", new BigDecimal("5.00")))
                .isEqualTo(five);
    }

    @Test
    void fractionsAgreeBetweenDoubleAndDecimalWhereBothAreExact() {
        String half = hash(List.of(ID, column("n", ScalarType.DOUBLE)), "a", 0.5);
        assertThat(hash(List.of(ID, column("n", new DecimalType(10, 2))), "a", new BigDecimal("0.50")))
                .isEqualTo(half);
        assertThat(hash(List.of(ID, column("n", ScalarType.FLOAT)), "a", 0.5f)).isEqualTo(half);
        assertThat(hash(List.of(ID, column("n", new DecimalType(10, 2))), "a", new BigDecimal("0.10")))
                .isNotEqualTo(hash(List.of(ID, column("n", ScalarType.DOUBLE)), "a", 0.1));
    }

    @Test
    void negativeZeroIsNotZeroAndAllNaNsAreOne() {
        List<Column> columns = List.of(ID, column("n", ScalarType.DOUBLE));
        assertThat(hash(columns, "a", -0.0)).isNotEqualTo(hash(columns, "a", 0.0));
        assertThat(hash(columns, "a", Double.longBitsToDouble(0x7ff8000000000001L)))
                .isEqualTo(hash(columns, "a", Double.NaN));
    }

    @Test
    void theOrderOfColumnsAndEmptyOnesDoNotCount() {
        ColumnType.Struct part = new ColumnType.Struct(List.of(column("x", ScalarType.INT32)));
        List<Column> columns = List.of(
                column("n", ScalarType.INT32),
                new Column("none", "none", part),
                new Column("list", "list", new ColumnType.Array(part)),
                new Column("_cdc_op", "_cdc_op", new ColumnType.Leaf(ScalarType.STRING)),
                ID);
        assertThat(hash(columns, 5, new Object[] {null}, List.of(), "u", "a"))
                .isEqualTo("1f222b44107a161ff25d68c0ff2e1cc1");
    }

    @Test
    void theNameThatCountsIsTheDocuments() {
        Column escaped = new Column("name__2", "n", new ColumnType.Leaf(ScalarType.INT32));
        assertThat(hash(List.of(ID, escaped), "a", 5)).isEqualTo("1f222b44107a161ff25d68c0ff2e1cc1");
    }

    @Test
    void aValueBesideItsColumnHasTheHashThatItHasInIt() {
        List<Column> both = List.of(ID, column("n", ScalarType.INT32), column("n__json", ScalarType.JSON));
        String five = "1f222b44107a161ff25d68c0ff2e1cc1";
        assertThat(hash(both, "a", 5, null)).isEqualTo(five);
        assertThat(hash(both, "a", null, "{\"$numberLong\":\"5\"}")).isEqualTo(five);
        assertThat(hash(List.of(ID, column("n__json", ScalarType.JSON)), "a", "5"))
                .isEqualTo(five);
        assertThat(hash(List.of(ID, column("n", ScalarType.JSON)), "a", "{\"$numberInt\":\"5\"}"))
                .isEqualTo(five);
        assertThat(hash(both, "a", null, "6")).isNotEqualTo(five);
    }

    @Test
    void everyKindOfValueBesideItsColumnHasTheHashOfTheColumn() {
        sameBeside(ScalarType.STRING, "x", "\"x\"");
        sameBeside(ScalarType.BOOLEAN, true, "true");
        sameBeside(ScalarType.OBJECT_ID, "65f0c0ffee65f0c0ffee65f0", "{\"$oid\":\"65f0c0ffee65f0c0ffee65f0\"}");
        sameBeside(ScalarType.DECIMAL128, "1.50", "{\"$numberDecimal\":\"1.50\"}");
        sameBeside(new DecimalType(10, 2), new BigDecimal("1.50"), "{\"$numberDecimal\":\"1.5\"}");
        sameBeside(ScalarType.DOUBLE, 0.5, "{\"$numberDouble\":\"0.5\"}");
        sameBeside(ScalarType.DATE, 1_700_000_000_123_000L, "{\"$date\":{\"$numberLong\":\"1700000000123\"}}");
        sameBeside(ScalarType.BINARY, new byte[] {1, 2}, "{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"00\"}}");
        sameBeside(
                ScalarType.UUID,
                "00010203-0405-0607-0809-0a0b0c0d0e0f",
                "{\"$binary\":{\"base64\":\"AAECAwQFBgcICQoLDA0ODw==\",\"subType\":\"04\"}}");
    }

    @Test
    void documentsAndArraysBesideTheirColumnsHaveTheHashesOfTheColumns() {
        ColumnType.Struct part =
                new ColumnType.Struct(List.of(column("b", ScalarType.INT32), column("a", ScalarType.DATE)));
        String struct = hash(List.of(ID, new Column("s", "s", part)), "k", new Object[] {3, null});
        assertThat(hash(List.of(ID, column("s__json", ScalarType.JSON)), "k", "{\"z\":null,\"b\":3,\"y\":{}}"))
                .isEqualTo(struct);
        ColumnType array = new ColumnType.Array(new ColumnType.Leaf(ScalarType.INT32));
        String list = hash(List.of(ID, new Column("s", "s", array)), "k", Arrays.asList(1, null));
        assertThat(hash(List.of(ID, column("s__json", ScalarType.JSON)), "k", "[1,null]"))
                .isEqualTo(list);
    }

    @Test
    void whatIsNoExtendedJsonIsText() {
        List<Column> columns = List.of(ID, column("n", ScalarType.JSON));
        assertThat(hash(columns, "a", "{broken")).isNotEqualTo(hash(columns, "a", "{other"));
    }

    private static void sameBeside(FieldType type, Object value, String json) {
        List<Column> both = List.of(ID, column("n", type), column("n__json", ScalarType.JSON));
        assertThat(hash(both, "a", null, json)).as("%s", type).isEqualTo(hash(both, "a", value, null));
    }

    private static Column column(String name, FieldType type) {
        return new Column(name, name, new ColumnType.Leaf(type));
    }

    private static String hash(List<Column> columns, @Nullable Object... row) {
        return HexFormat.of().formatHex(new RowHash(new ColumnType.Struct(columns)).of(row));
    }
}
