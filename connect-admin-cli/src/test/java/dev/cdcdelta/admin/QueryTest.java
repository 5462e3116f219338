package dev.cdcdelta.admin;

import static dev.cdcdelta.admin.TestTable.column;
import static dev.cdcdelta.admin.TestTable.row;
import static dev.cdcdelta.admin.TestTable.struct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {
    private static final ColumnType.Struct ID_AND_NAME =
            struct(column("_id", ScalarType.INT64), column("name", ScalarType.STRING));

    @TempDir
    Path directory;

    private CliRun query(String sql, String... more) {
        return queryIn("file://" + directory, sql, more);
    }

    private CliRun queryIn(String warehouse, String sql, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "query",
                sql,
                "--warehouse",
                warehouse,
                "--cache-dir",
                directory.resolve(".cache").toString()));
        arguments.addAll(List.of(more));
        return CliRun.of(arguments.toArray(String[]::new));
    }

    private void users(String path) {
        try (var table = new TestTable(directory, path, ID_AND_NAME)) {
            table.append(ID_AND_NAME, row(1L, "Alice"), row(2L, "Bob"));
        }
    }

    @Test
    void tableGoesByItsNameAloneOrWithItsDatabase() {
        users("testdb/users");

        assertThat(query("SELECT * FROM users WHERE name = 'Alice'")).isEqualTo(new CliRun(0, """
                _id  name
                1    Alice
                """, ""));
        assertThat(query("SELECT count(*) AS n FROM testdb.users u JOIN Users v USING (_id)", "-o", "csv")
                        .out())
                .isEqualTo("n\n2\n");
    }

    @Test
    void nameOfTwoTablesAsksWhichOne() {
        users("testdb/users");
        users("otherdb/users");

        CliRun run = query("FROM users");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'users' may be any of otherdb.users, testdb.users");
        assertThat(query("FROM otherdb.users").exitCode()).isZero();
    }

    @Test
    void deletedRowsOfEveryFileAreGone() {
        try (var table = new TestTable(directory, "testdb/users", ID_AND_NAME)) {
            DataFile first = table.append(ID_AND_NAME, row(1L, "a"), row(2L, "b"), row(3L, "c"));
            DataFile second = table.append(ID_AND_NAME, row(4L, "d"), row(5L, "e"));
            table.append(ID_AND_NAME, row(6L, "f"));
            table.delete(first, 0, 2);
            table.delete(second, 1);
            table.delete(first, 1);
        }

        assertThat(query("SELECT string_agg(name, '' ORDER BY name) AS names FROM users", "-o", "csv")
                        .out())
                .isEqualTo("names\ndf\n");
    }

    @Test
    void columnsHaveTheTablesOrderAndTypesWhateverTheFilesHold() {
        var old = struct(column("_id", ScalarType.INT32), column("at", struct(column("city", ScalarType.STRING))));
        var wide = struct(
                column("_id", ScalarType.INT64),
                column("at", struct(column("city", ScalarType.STRING), column("zip", ScalarType.INT32))),
                column("tags", new ColumnType.Array(new ColumnType.Leaf(ScalarType.STRING))),
                column("when", ScalarType.DATE));
        try (var table = new TestTable(directory, "testdb/users", old)) {
            table.append(old, row(1, row("Rome")));
            table.append(wide, row(5_000_000_000L, row("Oslo", 42), List.of("x", "y"), null));
        }

        CliRun run = query("SELECT * FROM users ORDER BY _id", "-o", "json");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                [
                  {"_id":1,"at":{"city":"Rome","zip":null},"tags":null,"when":null},
                  {"_id":5000000000,"at":{"city":"Oslo","zip":42},"tags":["x","y"],"when":null}
                ]
                """);
        assertThat(query("DESCRIBE users", "-o", "csv").out()).contains("when,TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void columnThatNoFileHasYetIsNull() {
        var wider = struct(
                column("_id", ScalarType.INT64), column("name", ScalarType.STRING), column("age", ScalarType.INT32));
        try (var table = new TestTable(directory, "testdb/users", wider)) {
            table.append(wider);
        }

        assertThat(query("SELECT sum(age) AS years, count(*) AS n FROM users", "-o", "json")
                        .out())
                .isEqualTo("[\n  {\"years\":null,\"n\":0}\n]\n");
    }

    @Test
    void emptyTableHasItsColumnsAndNoRows() {
        new TestTable(directory, "testdb/users", ID_AND_NAME).close();

        assertThat(query("FROM users", "-o", "csv").out()).isEqualTo("_id,name\n");
        assertThat(query("FROM users", "-o", "json").out()).isEqualTo("[]\n");
    }

    @Test
    void everyTypeIsLosslessInJson() throws IOException {
        everyType();

        Golden.verify(
                Golden.file("every-type.json"),
                query("FROM things", "-o", "json").out());
    }

    @Test
    void everyFormatHasItsOwnLook() throws IOException {
        everyType();

        Golden.verify(Golden.file("every-type.txt"), query("FROM things").out());
        Golden.verify(
                Golden.file("every-type.yaml"),
                query("FROM things", "-o", "yaml").out());
        Golden.verify(
                Golden.file("every-type.csv"), query("FROM things", "-o", "CSV").out());
    }

    private void everyType() {
        var inner = struct(column("when", ScalarType.DATE), column("raw", ScalarType.BINARY));
        var columns = struct(
                column("_id", ScalarType.OBJECT_ID),
                column("yes", ScalarType.BOOLEAN),
                column("small", ScalarType.INT32),
                column("large", ScalarType.INT64),
                column("single", ScalarType.FLOAT),
                column("number", ScalarType.DOUBLE),
                column("money", new DecimalType(38, 4)),
                column("any", ScalarType.DECIMAL128),
                column("raw", ScalarType.BINARY),
                column("when", ScalarType.DATE),
                column("list", new ColumnType.Array(inner)),
                column("text", ScalarType.STRING));
        byte[] bytes = {0, (byte) 0xff, 'a'};
        try (var table = new TestTable(directory, "shop/things", columns)) {
            table.append(
                    columns,
                    row(
                            "65a1b2c3d4e5f60718293a4b",
                            true,
                            Integer.MIN_VALUE,
                            Long.MAX_VALUE,
                            0.1f,
                            0.1,
                            new BigDecimal("1234567890123456789012345678901234.5000"),
                            "1E+6144",
                            bytes,
                            1_700_000_000_123_456L,
                            List.<Object>of((Object) row(-1L, bytes)),
                            "line\n\"two\", ünï"),
                    row(
                            "65a1b2c3d4e5f60718293a4c",
                            false,
                            0,
                            Long.MIN_VALUE,
                            Float.NaN,
                            Double.NEGATIVE_INFINITY,
                            new BigDecimal("-0.0001"),
                            "NaN",
                            new byte[0],
                            -62_135_596_800_000_000L,
                            List.of(),
                            ""),
                    row(
                            "65a1b2c3d4e5f60718293a4d",
                            null,
                            null,
                            null,
                            Float.POSITIVE_INFINITY,
                            -0.0,
                            null,
                            null,
                            null,
                            253_402_300_799_999_999L,
                            null,
                            null));
        }
    }

    @Test
    void repeatedColumnNamesAreKeptApart() {
        assertThat(query("SELECT 1 AS a, 2 AS a, 3 AS a_1", "-o", "json").out())
                .isEqualTo("[\n  {\"a\":1,\"a_2\":2,\"a_1\":3}\n]\n");
    }

    @Test
    void longResultsAreCutInTheTableFormatOnly() {
        assertThat(query("SELECT * FROM range(5) t(n)", "--max-rows", "2").out())
                .isEqualTo("n\n0\n1\n(first 2 rows; --max-rows 0 or another --output gives all)\n");
        assertThat(query("SELECT * FROM range(5000) t(n)", "-o", "csv").out().lines())
                .hasSize(5001);
    }

    @Test
    void namesThatUrisAndPatternsTreatSpeciallyWork() {
        users("test db/users [a]*%41");

        assertThat(query("SELECT count(*) AS n FROM \"test db\".\"users [a]*%41\"", "-o", "csv")
                        .out())
                .isEqualTo("n\n2\n");
    }

    @Test
    void unknownTableIsNotFound() {
        users("testdb/users");

        CliRun run = query("SELECT * FROM testdb.orders");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("orders").contains("table list");
    }

    @Test
    void commonTableExpressionsAreNoTables() {
        users("testdb/users");

        assertThat(query("WITH x AS (FROM users) SELECT count(*) AS n FROM x", "-o", "csv")
                        .out())
                .isEqualTo("n\n2\n");
    }

    @Test
    void anythingButOneSelectIsRefused() {
        assertThat(query("DROP TABLE users").exitCode()).isEqualTo(2);
        assertThat(query("SELECT 1; SELECT 2").err()).contains("2 statements instead of one");
        assertThat(query("SELEC 1").err()).contains("syntax error at or near \"SELEC\"");
        assertThat(query("SELECT nosuch FROM range(3)").err())
                .contains("nosuch")
                .contains("table describe");
    }

    @Test
    void unknownTypesOfStorageAreRefused() {
        CliRun run = queryIn("gs://bucket/path", "FROM users");

        assertThat(run.exitCode()).isIn(2, 3);
        assertThat(run.err()).startsWith("problem: ").contains("gs://bucket/path");
    }

    @Test
    void tableListDescribeAndHistoryTellWhatTheLogSays() throws IOException {
        try (var table = new TestTable(directory, "testdb/users", ID_AND_NAME)) {
            DataFile file = table.append(
                    struct(
                            column("_id", ScalarType.INT64),
                            column("name", ScalarType.STRING),
                            column("homes", new ColumnType.Array(struct(column("city", ScalarType.STRING))))),
                    java.util.Map.of(
                            "u-sink|u.testdb.users|0", 12L, "u-sink|u.testdb.users|0|source-time", 1_700_000_000_000L),
                    row(1L, "a", null),
                    row(2L, "b", null));
            table.delete(file, 1);
        }
        String warehouse = "file://" + directory;

        CliRun list = CliRun.of("table", "list", "--warehouse", warehouse, "-o", "csv");
        CliRun describe = CliRun.of("table", "describe", "users", "--warehouse", warehouse);
        CliRun history = CliRun.of("table", "history", "testdb.users", "--warehouse", warehouse, "-o", "csv");

        assertThat(list.out()).startsWith("table,version,rows,files,bytes,sourceTime\ntestdb.users,2,1,1,");
        assertThat(list.out()).endsWith(",2023-11-14T22:13:20Z\n");
        Golden.verify(
                Golden.file("table-describe.txt"),
                describe.out()
                        .replace(directory.toString(), "/lake")
                        .replaceAll("bytes: {8}\\d+", "bytes:        1234")
                        .replaceAll("location:( +)file:/+lake", "location:$1file:///lake"));
        assertThat(history.err()).isEmpty();
        assertThat(history.out().lines()).hasSize(4).first().isEqualTo("version,timestamp,operation,information");
        assertThat(history.out().lines().skip(1).map(line -> line.substring(0, 2)))
                .containsExactly("2,", "1,", "0,");
    }

    @Test
    void missingTableNamesThoseThatThereAre() {
        users("testdb/users");

        CliRun run = CliRun.of("table", "describe", "testdb.orders", "--warehouse", "file://" + directory);

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("It holds testdb.users.");
    }

    @Test
    void missingWarehouseIsAUsageError() {
        assertThat(CliRun.of("table", "list").exitCode()).isEqualTo(2);
    }

    @Test
    void cachedCopiesAreNotNeededForLocalTables() {
        users("testdb/users");

        query("FROM users");

        assertThat(Files.exists(directory.resolve(".cache"))).isFalse();
    }
}
