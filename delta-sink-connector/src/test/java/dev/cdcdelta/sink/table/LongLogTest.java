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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of commits in a row: the log that is left to read does not grow, whatever a commit's number. */
class LongLogTest {
    private static final int INTERVAL = 20;
    private static final Map<String, String> EXPIRING = Map.of(
            "delta.checkpointInterval",
            Integer.toString(INTERVAL),
            "delta.logRetentionDuration",
            "interval 1 hours",
            "delta.deletedFileRetentionDuration",
            "interval 1 hours");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void after300CommitsTheLogIsAsShortAsAfter100() throws Exception {
        run(300, EXPIRING);
    }

    @Test
    @Tag("slow")
    void after10000CommitsTheLogIsAsShortAsAfter100() throws Exception {
        run(Integer.getInteger("commits", 10_000), EXPIRING);
    }

    /** As with the defaults of Delta: a log of a month, tombstones of a week. */
    @Test
    @Tag("slow")
    void after10000CommitsOfWhichNothingExpiresTheTableIsWhole() throws Exception {
        run(Integer.getInteger("commits", 10_000), Map.of());
    }

    /** Two days later than files are, so that all commits before the last checkpoint have expired; tombstones do after sixty commits. */
    private void run(int commits, Map<String, String> properties) throws Exception {
        boolean expiring = !properties.isEmpty();
        Instant begin = expiring ? Instant.now().plus(Duration.ofDays(2)) : Instant.now();
        MinuteClock clock = new MinuteClock(begin);
        String location = "file://" + directory + "/table";
        try (DeltaTables tables = new DeltaTables(Map.of(), TableMaintenance.sameThread(), FileSizes.DEFAULT, clock)) {
            DeltaTable table = tables.create(location, ID_AND_NAME, properties);
            long filesAt100 = 0;
            long checkpointAt100 = 0;
            DataFile last = null;
            int window = Math.max(100, commits / 10);
            double[] millis = new double[window];
            for (int commit = 1; commit <= commits; commit++) {
                DataFile file = write(table, ID_AND_NAME, row((long) commit, "x"));
                Set<String> removed = last == null ? Set.of() : Set.of(last.path());
                long begun = System.nanoTime();
                table.commit(new TableCommit(
                        true, ID_AND_NAME, List.of(file), Map.of(), removed, List.of(), Map.of("o", (long) commit)));
                millis[(commit - 1) % window] = (System.nanoTime() - begun) / 1e6;
                clock.advance(expiring);
                last = file;
                if (commit == 100) {
                    filesAt100 = logFiles();
                    checkpointAt100 = checkpointBytes(commit);
                }
                if (commit % window == 0) {
                    long opening = System.nanoTime();
                    DeltaTable reopened = tables.open(location).orElseThrow();
                    double opened = (System.nanoTime() - opening) / 1e6;
                    assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
                    Arrays.sort(millis);
                    System.out.printf(
                            "%d commits, nothing expires: %s; the last %d took %.2f ms (median), %.2f ms with checkpoints (mean);"
                                    + " opened in %.2f ms; %d log files, a checkpoint of %d bytes%n",
                            commit,
                            !expiring,
                            window,
                            millis[window / 2],
                            Arrays.stream(millis).average().orElseThrow(),
                            opened,
                            logFiles(),
                            checkpointBytes(commit));
                }
            }
            if (expiring) {
                assertThat(logFiles()).isLessThanOrEqualTo(filesAt100 + 2);
                assertThat(checkpointBytes(commits)).isLessThan(checkpointAt100 * 5 / 4);
            }
            assertThat(Tables.rows(tables.open(location).orElseThrow())).containsExactly(List.of((long) commits, "x"));
        }
    }

    /** Goes on when it is told to. */
    private static final class MinuteClock extends Clock {
        private Instant now;

        MinuteClock(Instant now) {
            this.now = now;
        }

        void advance(boolean minute) {
            now = now.plusMillis(minute ? 60_000 : 1);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private long checkpointBytes(long version) throws IOException {
        return Files.size(directory.resolve(
                String.format("table/_delta_log/%020d.checkpoint.parquet", version - version % INTERVAL)));
    }

    private long logFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("table/_delta_log"))) {
            return files.count();
        }
    }
}
