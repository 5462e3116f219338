package dev.cdcdelta.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher as other modules' tests do: a process of its own, rows on its standard output. */
class SparkReaderTest {

    @TempDir
    static Path directory;

    private static Path table;

    @BeforeAll
    static void writeTable() throws Exception {
        table = directory.resolve("orders");
        run(
                "--execute",
                "CREATE TABLE {table} (_id INT, at TIMESTAMP, share DOUBLE, price DECIMAL(6,2), bytes BINARY,"
                        + " tags ARRAY<STRUCT<name: STRING, `a.b`: INT>>)"
                        + " USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
                "--execute",
                "INSERT INTO {table} SELECT /*+ COALESCE(1) */ id, TIMESTAMP'2024-02-29T12:00:00.123456Z',"
                        + " double('NaN'), 12.50, unhex('00FF'), array(named_struct('name', 'ü', 'a.b', NULL))"
                        + " FROM range(0, 4)",
                "--execute",
                "INSERT INTO {table} VALUES (9, NULL, NULL, NULL, NULL, NULL)",
                "--execute",
                "DELETE FROM {table} WHERE _id IN (1, 2)");
    }

    @Test
    void rowsKeepNullsMicrosecondsScaleAndText() throws Exception {
        assertThat(run("--order-by", "_id DESC").lines())
                .containsExactly(
                        "{\"_id\":9,\"at\":null,\"share\":null,\"price\":null,\"bytes\":null,\"tags\":null}",
                        row(3),
                        row(0));
    }

    @Test
    void deletedRowsAreHiddenByDeletionVectorsAndNotByRewritingTheFile() throws Exception {
        assertThat(lastCommit()).contains("\"deletionVector\"").contains("\"operation\":\"DELETE\"");
        assertThat(run("--sql", "SELECT count(*) AS n FROM t").lines()).containsExactly("{\"n\":3}");
    }

    @Test
    void schemaIsPrintedAsSparksJson() throws Exception {
        assertThat(run("--schema", "--sql", "SELECT price, share FROM t").lines())
                .singleElement()
                .asString()
                .contains("\"decimal(6,2)\"", "\"double\"");
    }

    @Test
    void optimizeAndVacuumRunAgainstTheTable() throws Exception {
        Path copy = directory.resolve("compacted");
        Run run = launch(
                copy,
                "--conf=spark.databricks.delta.retentionDurationCheck.enabled=false",
                "--execute=CREATE TABLE {table} USING delta AS SELECT id FROM range(0, 10, 1, 3)",
                "--execute=OPTIMIZE {table}",
                "--execute=VACUUM {table} RETAIN 0 HOURS",
                "--sql=SELECT sum(id) AS total, count(DISTINCT file) AS files FROM (SELECT id, input_file_name() AS file FROM t)");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.lines()).last().isEqualTo("{\"total\":45,\"files\":1}");
    }

    @Test
    void failingStatementEndsWithStatusOneAndTheReason() throws Exception {
        Run run = launch(table, "--sql", "SELECT nonsense FROM t");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lines()).isEmpty();
        assertThat(run.errors()).contains("nonsense");
    }

    private static String row(int id) {
        return "{\"_id\":" + id + ",\"at\":\"2024-02-29T12:00:00.123456Z\",\"share\":\"NaN\",\"price\":12.50,"
                + "\"bytes\":\"AP8=\",\"tags\":[{\"name\":\"ü\",\"a.b\":null}]}";
    }

    private static String lastCommit() throws IOException {
        try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
            Path last = files.filter(file -> file.toString().endsWith(".json"))
                    .max(Path::compareTo)
                    .orElseThrow();
            return Files.readString(last);
        }
    }

    private record Run(int status, List<String> lines, String errors) {}

    private static Run run(String... arguments) throws Exception {
        Run run = launch(table, arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run;
    }

    private static Run launch(Path location, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of("spark-reader").toAbsolutePath().toString(),
                "--location",
                location.toUri().toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "rows", ".jsonl");
        Path errors = Files.createTempFile(directory, "spark", ".log");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("spark-reader still runs after five minutes: " + command);
        }
        return new Run(
                process.exitValue(),
                Files.readAllLines(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}
