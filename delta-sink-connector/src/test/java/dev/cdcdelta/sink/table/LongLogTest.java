package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of commits in a row: the log that is left to read does not grow, whatever a commit's number. */
class LongLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void after300CommitsTheLogIsAsShortAsAfter100() throws Exception {
        run(300);
    }

    @Test
    @Tag("slow")
    void after10000CommitsTheLogIsAsShortAsAfter100() throws Exception {
        run(10_000);
    }

    /** A day later than files are, so that everything before the last checkpoint has expired. */
    private void run(int commits) throws Exception {
        Clock tomorrow = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        String location = "file://" + directory + "/table";
        try (DeltaTables tables =
                new DeltaTables(Map.of(), TableMaintenance.sameThread(), FileSizes.DEFAULT, tomorrow)) {
            DeltaTable table = tables.create(
                    location,
                    ID_AND_NAME,
                    Map.of(
                            "delta.checkpointInterval",
                            "20",
                            "delta.logRetentionDuration",
                            "interval 1 hours",
                            "delta.deletedFileRetentionDuration",
                            "interval 1 hours"));
            long filesAt100 = 0;
            DataFile last = null;
            long begun = System.nanoTime();
            for (int commit = 1; commit <= commits; commit++) {
                DataFile file = write(table, ID_AND_NAME, row((long) commit, "x"));
                Set<String> removed = last == null ? Set.of() : Set.of(last.path());
                table.commit(new TableCommit(
                        true, ID_AND_NAME, List.of(file), Map.of(), removed, List.of(), Map.of("o", (long) commit)));
                last = file;
                if (commit == 100) {
                    filesAt100 = logFiles();
                }
                if (commit % Math.max(100, commits / 10) == 0) {
                    System.out.printf(
                            "%d commits, %.2f ms each with their checkpoints, %d log files%n",
                            commit, (System.nanoTime() - begun) / 1e6 / Math.max(100, commits / 10), logFiles());
                    begun = System.nanoTime();
                }
            }
            assertThat(logFiles()).isLessThanOrEqualTo(filesAt100 + 2);
            long opening = System.nanoTime();
            DeltaTable reopened = tables.open(location).orElseThrow();
            System.out.printf("opened in %.2f ms%n", (System.nanoTime() - opening) / 1e6);
            assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
            assertThat(Tables.rows(reopened)).containsExactly(List.of((long) commits, "x"));
        }
    }

    private long logFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("table/_delta_log"))) {
            return files.count();
        }
    }
}
