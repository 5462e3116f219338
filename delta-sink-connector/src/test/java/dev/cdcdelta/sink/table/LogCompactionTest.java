package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.InProcessS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Compacted commits between checkpoints that are far apart. */
class LogCompactionTest {
    private static final long SEED = 20_261_125;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Random random = new Random(SEED);
    private final Map<Long, String> model = new TreeMap<>();
    private final Map<Long, Place> places = new HashMap<>();
    private final Map<Long, List<String>> models = new TreeMap<>();

    private record Place(String path, long position) {}

    private String location() {
        return "file://" + directory + "/table";
    }

    private List<String> log(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("table/_delta_log"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String compacted(long first, long last) {
        return String.format("%020d.%020d.compacted.json", first, last);
    }

    private void upsert(DeltaTable table, long round) throws LostRaceException {
        Map<String, Roaring64Bitmap> dead = new HashMap<>();
        List<Object[]> rows = new ArrayList<>();
        for (long key : random.longs(4, 0, 30).distinct().toArray()) {
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
        table.commit(new TableCommit(
                ID_AND_NAME, List.of(file), dead, Map.of("c|t|" + random.nextInt(3), round, "last", round)));
        List<String> texts = new ArrayList<>();
        model.forEach((key, text) -> texts.add(key + "|" + text));
        models.put(table.snapshot().version(), texts);
    }

    /** All tombstones have expired as soon as they are written. */
    @Test
    void everyVersionIsReadTheSameWithCompactionsAndWithoutThem() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create(
                    location(),
                    ID_AND_NAME,
                    Map.of(
                            "delta.checkpointInterval", "30",
                            "delta.deletedFileRetentionDuration", "interval 0 seconds",
                            "delta.enableExpiredLogCleanup", "false"));
            for (long round = 1; round <= 57; round++) {
                upsert(table, round);
            }
            assertThat(log(".compacted.json"))
                    .containsExactly(compacted(1, 10), compacted(11, 20), compacted(31, 40), compacted(41, 50));
            TableSnapshot withCompactions =
                    tables.open(location()).orElseThrow().snapshot();
            assertThat(withCompactions).isEqualTo(table.snapshot());
            expectAllVersions();

            for (String file : log(".compacted.json")) {
                Files.delete(directory.resolve("table/_delta_log").resolve(file));
            }
            assertThat(tables.open(location()).orElseThrow().snapshot()).isEqualTo(withCompactions);
            expectAllVersions();
            TableProtocolCheck.check(location());
        }
    }

    private void expectAllVersions() throws IOException {
        for (Map.Entry<Long, List<String>> version : models.entrySet()) {
            assertThat(KernelReader.rows(location(), OptionalLong.of(version.getKey()), "_id", "name"))
                    .as("seed %s, version %s", SEED, version.getKey())
                    .containsExactlyInAnyOrderElementsOf(version.getValue());
        }
    }

    @Test
    void withCheckpointsAtTheDefaultIntervalNothingIsCompacted() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create(location(), ID_AND_NAME, Map.of());
            for (long round = 1; round <= 25; round++) {
                upsert(table, round);
            }
        }
        assertThat(log(".compacted.json")).isEmpty();
        assertThat(log(".checkpoint.parquet")).hasSize(2);
    }

    @Test
    void compactionsGoWithTheCommitsThatTheyStandFor() throws Exception {
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        try (DeltaTables tables = new DeltaTables(Map.of(), TableMaintenance.sameThread(), FileSizes.DEFAULT, later)) {
            DeltaTable table = tables.create(
                    location(),
                    ID_AND_NAME,
                    Map.of("delta.checkpointInterval", "25", "delta.logRetentionDuration", "interval 1 hours"));
            for (long round = 1; round <= 61; round++) {
                upsert(table, round);
            }
            assertThat(log(".json")).first().isEqualTo(String.format("%020d.json", 50));
            assertThat(log(".compacted.json")).containsExactly(compacted(51, 60));
            assertThat(tables.open(location()).orElseThrow().snapshot()).isEqualTo(table.snapshot());
        }
    }

    @Test
    void whoOpensTheTableReadsCompactionsInThePlaceOfCommits() throws Exception {
        try (InProcessS3 server = new InProcessS3("lake");
                DeltaTables tables = new DeltaTables(server.options())) {
            DeltaTable table =
                    tables.create("s3a://lake/table", ID_AND_NAME, Map.of("delta.checkpointInterval", "100"));
            for (long id = 1; id <= 59; id++) {
                table.commit(append(table, write(table, ID_AND_NAME, row(id, "x"))));
            }
            server.requests.clear();

            assertThat(tables.open("s3a://lake/table").orElseThrow().snapshot()).isEqualTo(table.snapshot());

            assertThat(server.requests)
                    .filteredOn(request -> request.startsWith("GET") && request.endsWith(".compacted.json"))
                    .isNotEmpty();
            assertThat(server.requests.stream()
                            .filter(request -> request.startsWith("GET"))
                            .distinct())
                    .as("five compactions, the commits 0 and 51 to 59, the checksum")
                    .hasSizeLessThanOrEqualTo(5 + 10 + 2);
        }
    }
}
