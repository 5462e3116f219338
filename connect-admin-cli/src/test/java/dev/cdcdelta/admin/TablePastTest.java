package dev.cdcdelta.admin;

import static dev.cdcdelta.admin.TestTable.column;
import static dev.cdcdelta.admin.TestTable.row;
import static dev.cdcdelta.admin.TestTable.struct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as they were, and what can be done about them from here. */
class TablePastTest {
    private static final ColumnType.Struct COLUMNS =
            struct(column("_id", ScalarType.INT64), column("name", ScalarType.STRING));

    @TempDir
    Path directory;

    @BeforeEach
    void users() {
        try (var table = new TestTable(directory, "testdb/users", COLUMNS)) {
            DataFile first = table.append(COLUMNS, row(1L, "Alice"), row(2L, "Bob"));
            table.append(COLUMNS, row(3L, "Carol"));
            table.delete(first, 0);
        }
    }

    private CliRun cli(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--warehouse", "file://" + directory));
        return CliRun.of(all.toArray(String[]::new));
    }

    @Test
    void aVersionIsReadWithItsOwnFilesAndDeletionVectors() {
        assertThat(cli("query", "SELECT name FROM users ORDER BY 1", "--version", "1", "-o", "csv")
                        .out())
                .isEqualTo("name\nAlice\nBob\n");
        assertThat(cli("query", "SELECT name FROM users ORDER BY 1", "--version", "2", "-o", "csv")
                        .out())
                .isEqualTo("name\nAlice\nBob\nCarol\n");
        assertThat(cli("query", "SELECT name FROM users ORDER BY 1", "-o", "csv")
                        .out())
                .isEqualTo("name\nBob\nCarol\n");
    }

    @Test
    void aTimeMeansTheNewestVersionOfThenOrBefore() {
        assertThat(cli("query", "SELECT count(*) n FROM users", "--as-of", "2999-01-01T00:00:00Z", "-o", "csv")
                        .out())
                .isEqualTo("n\n2\n");
        CliRun early = cli("query", "FROM users", "--as-of", "2001-01-01T00:00:00Z");
        assertThat(early.exitCode()).isEqualTo(5);
        assertThat(early.err()).contains("goes back to");
        assertThat(cli("query", "FROM users", "--as-of", "yesterday").exitCode())
                .isEqualTo(2);
        assertThat(cli("query", "FROM users", "--version", "9").err()).contains("the newest is 3");
        assertThat(cli("query", "FROM users JOIN testdb.users u USING (_id)", "--version", "1")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void rowsGoIntoFilesOfEveryFormat() throws Exception {
        Path parquet = directory.resolve("it's.parquet");
        assertThat(cli("query", "SELECT * FROM users ORDER BY _id;", "--out", parquet.toString(), "-o", "json")
                        .out())
                .contains("\"rows\" : 2");
        assertThat(cli(
                                "query",
                                "SELECT name FROM read_parquet('"
                                        + parquet.toString().replace("'", "''") + "')",
                                "-o",
                                "csv")
                        .out())
                .isEqualTo("name\nBob\nCarol\n");
        Path csv = directory.resolve("users.csv");
        cli("query", "SELECT * FROM users ORDER BY _id", "--out", csv.toString());
        assertThat(Files.readString(csv)).isEqualTo("_id,name\n2,Bob\n3,Carol\n");
        Path json = directory.resolve("users.json");
        cli("query", "SELECT * FROM users ORDER BY _id", "--out", json.toString());
        assertThat(Files.readString(json)).isEqualTo("{\"_id\":2,\"name\":\"Bob\"}\n{\"_id\":3,\"name\":\"Carol\"}\n");
        assertThat(cli("query", "FROM users", "--out", "users.txt").err()).contains("does not tell a format");
    }

    @Test
    void statementsComeFromAPipeWhereNoneIsGiven() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(
                "SELECT count(*) AS n FROM users;\nFROM nothing;\nSELECT 2 AS n;".getBytes(StandardCharsets.UTF_8)));
        try {
            CliRun run = cli("query", "-o", "csv");
            assertThat(run.out()).isEqualTo("n\n2\nn\n2\n");
            assertThat(run.err()).contains("a table that does not exist");
            assertThat(run.exitCode()).isEqualTo(2);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void goingBackIsShownAndNotDone() {
        CliRun run = cli("table", "restore", "users", "--version", "1", "--dry-run", "-o", "json");

        assertThat(run.out())
                .contains("\"toVersion\" : 1", "\"filesRemoved\" : 1", "\"filesAdded\" : 0", "\"rowsThen\" : 2")
                .contains("\"filesWithOtherDeletedRows\" : 1");
        assertThat(cli("table", "restore", "users", "--version", "1").exitCode())
                .isEqualTo(2);
        assertThat(cli("table", "describe", "users", "-o", "json").out()).contains("\"version\" : 3");
    }

    @Test
    void vacuumKeepsWhatTheTablesRetentionKeeps() throws Exception {
        Path stray = directory.resolve("testdb/users/stray.parquet");
        Files.writeString(stray, "x");
        assertThat(cli("table", "vacuum", "users", "--retain-hours", "0", "-o", "csv")
                        .out())
                .isEqualTo("file,bytes,modified,result\n");
        Files.setLastModifiedTime(stray, java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(cli("table", "vacuum", "users", "--dry-run", "-o", "csv").out())
                .contains("stray.parquet", "would be");
        assertThat(stray).exists();
        assertThat(cli("table", "vacuum", "users", "-o", "csv").out()).contains("deleted");
        assertThat(stray).doesNotExist();
        assertThat(cli("query", "SELECT count(*) n FROM users", "-o", "csv").out())
                .isEqualTo("n\n2\n");
    }

    @Test
    void theStorageIsTriedOutAndLeftAsItWas() throws Exception {
        CliRun run = cli("storage", "check", "--rounds", "2", "--tables", "-o", "json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("multipart put of 6 MB", "conditional put", "\"testdb.users\"")
                .doesNotContain("failed");
        try (var left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("testdb");
        }
        CliRun none = CliRun.of("storage", "check", "--warehouse", "file:///proc/none", "-o", "json");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out()).contains("failed");
    }

    @Test
    void anAuditLogIsVerified() throws Exception {
        Path log = directory.resolve("audit.log");
        Files.writeString(
                log, new dev.cdcdelta.worker.audit.AuditChain("w1", null).close(java.time.Instant.EPOCH) + "\n");
        CliRun whole = CliRun.of("audit", "verify", "--file", log.toString(), "-o", "json");
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.out()).contains("\"whole\"", "\"closed\"");

        Files.writeString(log, Files.readString(log).replace("1970", "1971"));
        CliRun changed = CliRun.of("audit", "verify", "--file", log.toString(), "-o", "json");
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out()).contains("was changed");
    }
}
