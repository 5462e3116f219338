package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.column;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.struct;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of other tests finds what is wrong with a table. */
class TableProtocolCheckTest {
    private static final ColumnType.Struct NESTED = struct(
            column("_id", ScalarType.INT64),
            column(
                    "outer",
                    struct(column("n", ScalarType.INT64), column("inner", struct(column("text", ScalarType.STRING))))));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private String table() throws Exception {
        String location = "file://" + directory + "/table";
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create(location, NESTED, Map.of());
            table.commit(append(
                    table,
                    write(
                            table,
                            NESTED,
                            row(1L, new Object[] {17L, new Object[] {"hello"}}),
                            row(2L, new Object[] {19L, new Object[] {null}}),
                            row(3L, null))));
        }
        return location;
    }

    @Test
    void aSoundTablePasses() throws Exception {
        TableProtocolCheck.check(table());
    }

    @ParameterizedTest
    @CsvSource({
        "minValues, 17, 18, n",
        "maxValues, 19, 18, n",
        "minValues, hello, hi, text",
        "maxValues, hello, hallo, text",
        "nullCount, 1, 0, n",
        "nullCount, 2, 1, text"
    })
    void whatIsSaidWronglyOfANestedColumnIsFound(String kind, String honest, String lie, String column)
            throws Exception {
        String location = table();
        Path commit = directory.resolve("table/_delta_log/00000000000000000001.json");
        String log = Files.readString(commit);
        String wrong = log.replaceAll("(" + kind + "[^}]*" + column + "\\\\*\":\\\\*\"?)" + honest, "$1" + lie);
        assertThat(wrong).as("the statistics of %s", log).isNotEqualTo(log);
        Files.writeString(commit, wrong);

        assertThatThrownBy(() -> TableProtocolCheck.check(location))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(column);
    }
}
