package dev.cdcdelta.sink.table.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.storage.LocalFiles;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStatisticsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private static Column column(String name, ColumnType type) {
        return new Column(name, name, type);
    }

    private static ColumnType leaf(FieldType type) {
        return new ColumnType.Leaf(type);
    }

    private String statistics(int indexed, List<Column> columns, @Nullable Object[]... rows) throws IOException {
        ColumnType.Struct struct = new ColumnType.Struct(columns);
        RowParquetWriter writer = new RowParquetWriter(
                new LocalFiles().create(directory + "/f.parquet"), struct, 1 << 20, new Dictionaries());
        for (@Nullable Object[] row : rows) {
            writer.write(row);
        }
        return writer.finish(indexed);
    }

    private String ofValues(FieldType type, @Nullable Object... values) throws IOException {
        @Nullable Object[][] rows = new Object[values.length][];
        for (int i = 0; i < values.length; i++) {
            rows[i] = new Object[] {values[i]};
        }
        return statistics(32, List.of(column("c", leaf(type))), rows);
    }

    private static String json(long rows, String minimum, String maximum, long nulls) {
        String min = minimum.isEmpty() ? "{}" : "{\"c\":" + minimum + "}";
        String max = maximum.isEmpty() ? "{}" : "{\"c\":" + maximum + "}";
        return "{\"numRecords\":" + rows + ",\"minValues\":" + min + ",\"maxValues\":" + max + ",\"nullCount\":{\"c\":"
                + nulls + "},\"tightBounds\":true}";
    }

    @Test
    void numbersAndNullsAreCounted() throws IOException {
        assertThat(ofValues(ScalarType.INT64, 3L, null, -5L)).isEqualTo(json(3, "-5", "3", 1));
        assertThat(ofValues(new DecimalType(20, 2), new BigDecimal("10.50"), new BigDecimal("-1.25")))
                .isEqualTo(json(2, "-1.25", "10.50", 0));
    }

    @Test
    void aColumnOfNullsHasNoBounds() throws IOException {
        assertThat(ofValues(ScalarType.STRING, null, null)).isEqualTo(json(2, "", "", 2));
    }

    @Test
    void zeroesOfBothSignsAreWithinTheBoundsAndNotANumberHasNone() throws IOException {
        assertThat(ofValues(ScalarType.DOUBLE, 0.0, 0.0)).isEqualTo(json(2, "-0.0", "0.0", 0));
        assertThat(ofValues(ScalarType.DOUBLE, 1.0, Double.NaN)).isEqualTo(json(2, "", "", 0));
        assertThat(ofValues(ScalarType.DOUBLE, 1.5, Double.POSITIVE_INFINITY)).isEqualTo(json(2, "1.5", "", 0));
    }

    @Test
    void theBoundsOfFloatsHoldForReadersThatTakeThemForDoubles() throws IOException {
        assertThat(ofValues(ScalarType.FLOAT, 0.1f, 0.7f))
                .isEqualTo(json(2, "" + (double) 0.1f, "" + (double) 0.7f, 0));
        assertThat((double) 0.1f).isNotEqualTo(0.1);
    }

    @Test
    void longTextsAreCutAndStillBound() throws IOException {
        String text = "a".repeat(40);

        assertThat(ofValues(ScalarType.STRING, text))
                .isEqualTo(json(1, "\"" + "a".repeat(32) + "\"", "\"" + "a".repeat(32) + "\uDBFF\uDFFF\"", 0));
        assertThat(TextBounds.upper("b".repeat(32) + "\uDBFF\uDFFFz")).isEmpty();
        assertThat(TextBounds.lower("\uD83D\uDE00".repeat(40))).isEqualTo("\uD83D\uDE00".repeat(32));
    }

    @Test
    void timestampsAreCutDownToMilliseconds() throws IOException {
        assertThat(ofValues(ScalarType.DATE, -1L, 1_700_000_000_123_999L))
                .isEqualTo(json(2, "\"1969-12-31T23:59:59.999Z\"", "\"2023-11-14T22:13:20.123Z\"", 0));
    }

    @Test
    void nestedFieldsHaveBoundsAndListsHaveNone() throws IOException {
        ColumnType nested = new ColumnType.Struct(List.of(column("n", leaf(ScalarType.INT32))));
        ColumnType list = new ColumnType.Array(leaf(ScalarType.INT32));

        assertThat(statistics(
                        32,
                        List.of(column("s", nested), column("l", list), column("b", leaf(ScalarType.BINARY))),
                        new Object[] {new Object[] {7}, List.of(1), new byte[1]},
                        new Object[] {null, null, null}))
                .isEqualTo("{\"numRecords\":2,\"minValues\":{\"s\":{\"n\":7}},\"maxValues\":{\"s\":{\"n\":7}},"
                        + "\"nullCount\":{\"s\":{\"n\":1},\"b\":1},\"tightBounds\":true}");
    }

    @Test
    void onlyTheFirstColumnsAreIndexed() throws IOException {
        List<Column> columns = List.of(column("a", leaf(ScalarType.INT32)), column("b", leaf(ScalarType.INT32)));

        assertThat(statistics(1, columns, new Object[] {1, 2}))
                .contains("\"a\":1")
                .doesNotContain("\"b\"");
        assertThat(statistics(-1, columns, new Object[] {1, 2})).contains("\"b\":2");
    }
}
