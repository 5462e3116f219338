package dev.cdcdelta.sink.table.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.storage.LocalFiles;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DictionariesTest {
    private static final int ROWS = 2_000;
    private static final ColumnType TEXT = new ColumnType.Leaf(ScalarType.STRING);
    private static final ColumnType.Struct COLUMNS = new ColumnType.Struct(List.of(
            new Column("rare", "rare", TEXT),
            new Column("common", "common", TEXT),
            new Column(
                    "nested",
                    "nested",
                    new ColumnType.Struct(
                            List.of(new Column("rare", "rare", TEXT), new Column("common", "common", TEXT))))));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Dictionaries dictionaries = new Dictionaries();
    private int files;

    @Test
    void columnsOfValuesThatDoNotRepeatAreWrittenWithoutDictionaryFromTheSecondFileOn() throws IOException {
        write(ROWS, row -> "value " + row);
        assertThat(dictionaries.skippedByNextFile()).containsExactlyInAnyOrder("rare", "nested.rare");

        assertThat(columnsWithDictionary(write(ROWS, row -> "value " + row)))
                .containsExactlyInAnyOrder("common", "nested.common");
    }

    @Test
    void columnWhoseValuesBeginToRepeatGetsItsDictionaryBack() throws IOException {
        write(ROWS, row -> "value " + row);
        Set<String> last = Set.of();
        int tries = 0;
        while (!last.contains("rare")) {
            assertThat(++tries).as("files without a dictionary").isLessThan(100);
            last = columnsWithDictionary(write(ROWS, row -> "value " + row % 3));
        }

        assertThat(tries).isGreaterThan(10);
        assertThat(columnsWithDictionary(write(ROWS, row -> "value " + row % 3)))
                .contains("rare", "nested.rare");
    }

    @Test
    void smallFilesTellNothing() throws IOException {
        write(10, row -> "value " + row);

        assertThat(dictionaries.skippedByNextFile()).isEmpty();
    }

    private Path write(int rows, IntFunction<String> rare) throws IOException {
        Path file = directory.resolve("f" + files++ + ".parquet");
        RowParquetWriter writer =
                new RowParquetWriter(new LocalFiles().create(file.toString()), COLUMNS, 1 << 20, dictionaries);
        for (int row = 0; row < rows; row++) {
            String common = "value " + row % 3;
            writer.write(new Object[] {rare.apply(row), common, new Object[] {rare.apply(row), common}});
        }
        writer.finish(32);
        return file;
    }

    private static Set<String> columnsWithDictionary(Path file) throws IOException {
        Set<String> columns = new TreeSet<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            for (ColumnChunkMetaData chunk :
                    reader.getFooter().getBlocks().get(0).getColumns()) {
                if (chunk.getEncodingStats().hasDictionaryPages()) {
                    columns.add(chunk.getPath().toDotString());
                }
            }
        }
        return columns;
    }
}
