package dev.cdcdelta.admin;

import static dev.cdcdelta.admin.TestTable.column;
import static dev.cdcdelta.admin.TestTable.row;
import static dev.cdcdelta.admin.TestTable.struct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    private static final ColumnType.Struct USERS =
            struct(column("_id", ScalarType.INT64), column("name", ScalarType.STRING), column("age", ScalarType.INT32));

    @TempDir
    Path directory;

    private String file = "";

    @BeforeEach
    void documents() throws IOException {
        file = Files.writeString(directory.resolve("users.json"), """
                        {"_id": 1, "name": "Alice", "age": 30, "tags": ["a"]}
                        {"_id": 2, "name": {"first": "Bob"}, "age": 31.5, "address": {"city": "Bern"}}
                        {"_id": 3, "name": 7, "age": 32}
                        no document
                        """).toString();
    }

    @Test
    void inferShowsTheColumnsAndWhatDoesNotFitThem() {
        CliRun run = CliRun.of("schema", "infer", "--file", file);
        assertThat(run).isEqualTo(new CliRun(0, """
                summary
                source:     file %s
                documents:  3
                refused:    1
                conflicts:  2

                fields
                field         type           values
                _id           int32          3
                name          string         3
                age           double         3
                tags          array<string>  1
                address       document       1
                address.city  string         1

                columns
                column      type
                _id         int
                name        string
                age         double
                tags        array<string>
                name__json  string
                address     struct<city:string>
                _cdc_ts     timestamp
                _cdc_ord    int
                _cdc_op     string
                _cdc_hash   binary

                conflicts
                field  type    other     values  policy   examples
                name   string  document  1       sidecar  ["2"]
                name   string  int32     1       sidecar  ["3"]

                refused
                where   reason
                line 4  A document begins with '{', and there is 'n'
                """.formatted(file), ""));
    }

    @Test
    void diffShowsWhatWouldChangeAboutATable() {
        try (var table = new TestTable(directory, "testdb/users", USERS)) {
            table.append(USERS, row(1L, "Alice", 3));
        }
        CliRun run = CliRun.of("schema", "diff", "users", "--file", file, "--warehouse", "file://" + directory);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("""
                changes
                column      before  after
                age         int     double
                tags        null    array<string>
                name__json  null    string
                address     null    struct<city:string>
                """);
    }

    @Test
    void aCheckFailsWhereSomethingDoesNotFit() throws IOException {
        assertThat(CliRun.of("schema", "infer", "--check", "--file", file).exitCode())
                .isEqualTo(1);
        Path clean = Files.writeString(directory.resolve("clean.json"), "{\"_id\": 1}");
        assertThat(CliRun.of("schema", "infer", "--check", "--file", clean.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void rulesAreThoseOfTheConnectors() {
        CliRun run = CliRun.of(
                "schema", "infer", "--file", file, "--conflict-policies", "name=dlq", "--schema-hints", "age=string");
        assertThat(run.out()).contains("""
                        conflicts
                        field  type    other     values  policy   examples
                        name   string  document  1       dlq      ["2"]
                        name   string  int32     1       dlq      ["3"]
                        age    string  int32     2       sidecar  ["1","3"]
                        age    string  double    1       sidecar  ["2"]
                        """);
        CliRun wrong = CliRun.of("schema", "infer", "--file", file, "--schema-hints", "age=text");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("'text' is none of boolean, int");
    }

    @Test
    void oneSourceIsAskedFor() {
        CliRun none = CliRun.of("schema", "infer");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("--topic", "--file", "--collection");
        CliRun two = CliRun.of("schema", "infer", "--file", file, "--topic", "t");
        assertThat(two.exitCode()).isEqualTo(2);
        assertThat(CliRun.of("schema", "infer", "--topic", "t").err()).contains("No Kafka is known");
        assertThat(CliRun.of("schema", "infer", "--collection", "a.b").err()).contains("No MongoDB is known");
    }

    @Test
    void passwordsOfAUriAreNotShown() {
        CliRun run = CliRun.of("schema", "infer", "--collection", "a.b", "--mongodb-uri", "mongodb://u:geheim@host:x/");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("The MongoDB URI is not valid").doesNotContain("geheim");
    }
}
