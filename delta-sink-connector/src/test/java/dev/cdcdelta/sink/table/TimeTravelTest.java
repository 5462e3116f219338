package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Old versions, read by Kernel, while the log is cleaned up and unused files are deleted behind them. */
class TimeTravelTest {
    private static final Duration RETENTION = Duration.ofDays(2);
    private static final Duration STEP = Duration.ofHours(5);
    private static final long SEED = 20_261_124;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Random random = new Random(SEED);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Set<Path> dated = new HashSet<>();

    private record Place(String path, long position) {}

    private Clock clock() {
        return TestClock.of(() -> now);
    }

    @Test
    void everyVersionWithinTheRetentionIsReadWhateverIsCleanedUpBehindIt() throws Exception {
        String location = "file://" + directory + "/table";
        Map<Long, Map<Long, String>> models = new HashMap<>();
        Map<Long, Instant> times = new HashMap<>();
        Map<Long, String> model = new TreeMap<>();
        Map<Long, Place> places = new HashMap<>();
        int deleted = 0;
        try (DeltaTables tables =
                new DeltaTables(Map.of(), TableMaintenance.sameThread(), FileSizes.DEFAULT, clock())) {
            DeltaTable table = tables.create(
                    location,
                    ID_AND_NAME,
                    Map.of(
                            "delta.checkpointInterval", "4",
                            "delta.logRetentionDuration", "interval 2 days",
                            "delta.deletedFileRetentionDuration", "interval 2 days"));
            date();
            for (int round = 1; round <= 60; round++) {
                now = now.plus(STEP);
                upsert(table, round, model, places);
                date();
                models.put(table.snapshot().version(), new TreeMap<>(model));
                times.put(table.snapshot().version(), now);
                if (round % 6 == 0) {
                    now = now.plus(STEP);
                    for (StoredFile file : table.unreferencedFiles(now, RETENTION)) {
                        deleted += table.deleteUnreferenced(file) ? 1 : 0;
                    }
                    expectRetainedVersions(location, models, times);
                }
            }
        }
        assertThat(deleted).as("files that vacuum has deleted").isGreaterThan(20);
        assertThat(directory.resolve("table/_delta_log/00000000000000000010.json"))
                .as("an expired commit")
                .doesNotExist();
    }

    private void upsert(DeltaTable table, int round, Map<Long, String> model, Map<Long, Place> places)
            throws LostRaceException {
        Map<String, Roaring64Bitmap> dead = new HashMap<>();
        List<Object[]> rows = new ArrayList<>();
        for (long key : random.longs(6, 0, 25).distinct().toArray()) {
            Place old = places.remove(key);
            if (old != null) {
                dead.computeIfAbsent(old.path(), path -> new Roaring64Bitmap()).addLong(old.position());
            }
            rows.add(row(key, "round " + round));
            model.put(key, "round " + round);
        }
        DataFile file = write(table, ID_AND_NAME, rows.toArray(new Object[0][]));
        for (int position = 0; position < rows.size(); position++) {
            places.put((Long) rows.get(position)[0], new Place(file.path(), position));
        }
        table.commit(new TableCommit(ID_AND_NAME, List.of(file), dead, Map.of("o", (long) round)));
    }

    /** A version can be read as long as the one behind it is not older than the retention. */
    private void expectRetainedVersions(String location, Map<Long, Map<Long, String>> models, Map<Long, Instant> times)
            throws IOException {
        Instant horizon = now.minus(RETENTION);
        int read = 0;
        for (Map.Entry<Long, Map<Long, String>> version : models.entrySet()) {
            Instant superseded = times.getOrDefault(version.getKey() + 1, now);
            if (superseded.isAfter(horizon)) {
                List<String> expected = new ArrayList<>();
                version.getValue().forEach((key, text) -> expected.add(key + "|" + text));
                assertThat(KernelReader.rows(location, OptionalLong.of(version.getKey()), "_id", "name"))
                        .as("seed %s, version %s at %s", SEED, version.getKey(), now)
                        .containsExactlyInAnyOrderElementsOf(expected);
                read++;
            }
        }
        assertThat(read).isGreaterThan(5);
    }

    /** What was written since the last call is as old as the clock of the test says. */
    private void date() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (dated.add(file)) {
                    Files.setLastModifiedTime(file, FileTime.from(now));
                }
            }
        }
    }
}
