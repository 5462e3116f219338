package dev.cdcdelta.bench.readers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.sink.compact.Vacuum;
import dev.cdcdelta.sink.compact.VacuumPolicy;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StoredFile;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark makes of our tables, asked in one process: rows, the change data feed, and what VACUUM would delete. */
@Tag("slow")
class SparkAgreementIT {
    private static final long SEED = 7;
    private static final int ROUNDS = 14;
    private static final Shop SHOP = new Shop(SEED, ROUNDS, false);
    private static final Shop WIDENING_SHOP = new Shop(SEED, ROUNDS, true);
    private static final String ORPHAN = "left-over.parquet";

    @TempDir
    static Path directory;

    private static Map<String, List<JsonNode>> answers = Map.of();

    @BeforeAll
    static void askSpark() throws Exception {
        ShopSink sink = new ShopSink(directory.resolve("warehouse"));
        Path kept = sink.write("kept", SHOP, Map.of());
        Path brief = sink.write(
                "brief", SHOP, Map.of("table.properties.delta.deletedFileRetentionDuration", "interval 0 seconds"));
        Path feed = sink.write("feed", SHOP, Map.of("table.properties.delta.enableChangeDataFeed", "true"));
        Path widened = sink.write("widened", WIDENING_SHOP, Map.of());
        Path trap = directory.resolve("warehouse/trap");
        copyWithKernelCheckpoints(kept, trap);
        for (Path table : List.of(kept, brief, trap)) {
            Files.writeString(table.resolve(ORPHAN), "nobody's");
            age(table);
        }
        answers = new SparkScript()
                .ask("rows", "SELECT _id, n FROM " + name(kept))
                .ask("narrow rows", "SELECT _id, n FROM " + name(widened) + " VERSION AS OF 3")
                .ask("widened rows", "SELECT _id, n, color FROM " + name(widened))
                .ask("widened by n", "SELECT _id, n FROM " + name(widened) + " WHERE n > 1099511627776")
                .ask(
                        "changes",
                        "SELECT _change_type, _commit_version, _id, n FROM table_changes_by_path('" + feed + "', 0)")
                .ask("vacuum kept", "VACUUM " + name(kept) + " DRY RUN")
                .ask("vacuum kept at once", "VACUUM " + name(kept) + " RETAIN 0 HOURS DRY RUN")
                .ask("vacuum trap", "VACUUM " + name(trap) + " DRY RUN")
                .ask("vacuum brief", "VACUUM " + name(brief) + " DRY RUN")
                .run();
    }

    @Test
    void rowsAreThoseOfTheEvents() {
        assertThat(rows("rows")).isEqualTo(SHOP.after(ROUNDS));
    }

    @Test
    void aTableIsReadBeforeAndAfterAColumnWidened() {
        assertThat(rows("narrow rows")).isEqualTo(WIDENING_SHOP.after(3));
        Map<Integer, Long> expected = WIDENING_SHOP.after(ROUNDS);
        assertThat(rows("widened rows")).isEqualTo(expected);
        assertThat(answer("widened rows"))
                .allSatisfy(row -> assertThat(row.get("color").asText())
                        .isEqualTo(Shop.color(row.get("n").asLong())));
        expected.values().removeIf(n -> n <= 1L << 40);
        assertThat(rows("widened by n")).isEqualTo(expected);
    }

    @Test
    void tableChangesAreThoseOfTheEventsVersionByVersion() {
        Map<Long, Set<String>> versions = new TreeMap<>();
        for (JsonNode row : answer("changes")) {
            String text = row.get("_change_type").asText() + " "
                    + row.get("_id").asLong() + " " + row.get("n").asLong();
            assertThat(versions.computeIfAbsent(row.get("_commit_version").asLong(), version -> new TreeSet<>())
                            .add(text))
                    .as("%s comes once in its version", text)
                    .isTrue();
        }
        assertThat(versions.values().stream().map(List::copyOf).toList())
                .as("seed %d", SEED)
                .isEqualTo(SHOP.feed());
    }

    @Test
    void vacuumFindsNoFileThatWasRemovedWithinTheRetention() {
        assertThat(files("vacuum kept at once"))
                .as("old versions' files, which without a retention would go")
                .hasSizeGreaterThan(5);
        assertThat(files("vacuum kept")).containsExactly(ORPHAN);
    }

    /** Else the test above could not fail. */
    @Test
    void withKernelsOwnCheckpointsVacuumWouldTakeYoungFiles() {
        assertThat(files("vacuum trap")).contains(ORPHAN).hasSizeGreaterThan(1);
    }

    @Test
    void ourVacuumDeletesNothingThatSparksKeeps() {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            assertThat(ours(tables, "kept")).isEqualTo(files("vacuum kept"));
            assertThat(ours(tables, "brief")).hasSizeGreaterThan(5);
            assertThat(files("vacuum brief")).containsAll(ours(tables, "brief"));
        }
    }

    private static Set<String> ours(DeltaTables tables, String table) {
        VacuumPolicy policy = new VacuumPolicy(true, Duration.ZERO);
        Set<String> found = new TreeSet<>();
        new Vacuum(policy, "readers-" + table, tables, Runnable::run, Clock.systemUTC())
                .run("file://" + directory.resolve("warehouse").resolve(table), true).stream()
                        .map(StoredFile::path)
                        .forEach(found::add);
        return found;
    }

    private static List<JsonNode> answer(String question) {
        return Objects.requireNonNull(answers.get(question));
    }

    private static Map<Integer, Long> rows(String question) {
        Map<Integer, Long> rows = new TreeMap<>();
        for (JsonNode row : answer(question)) {
            assertThat(rows.put(row.get("_id").asInt(), row.get("n").asLong()))
                    .as("a row of _id %s alone", row.get("_id"))
                    .isNull();
        }
        return rows;
    }

    /** By their names, as Spark's are absolute. */
    private static Set<String> files(String question) {
        Set<String> files = new TreeSet<>();
        answer(question).forEach(row -> {
            String path = row.get("path").asText();
            files.add(path.substring(path.lastIndexOf('/') + 1));
        });
        return files;
    }

    private static String name(Path table) {
        return "delta.`file://" + table + "`";
    }

    private static void copyWithKernelCheckpoints(Path table, Path copy) throws IOException {
        Files.createDirectories(copy.resolve("_delta_log"));
        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("_delta_log")
                            || file.toString().endsWith(".json"))
                    .toList()) {
                Path target = copy.resolve(table.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
        Engine kernel = DefaultEngine.create(new Configuration());
        for (long version = 4; version <= 12; version += 4) {
            TableManager.loadSnapshot(copy.toString())
                    .atVersion(version)
                    .build(kernel)
                    .writeCheckpoint(kernel);
        }
    }

    /** VACUUM spares files that are young themselves. */
    private static void age(Path table) throws IOException {
        FileTime past = FileTime.from(Instant.now().minus(Duration.ofDays(30)));
        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(parquet|bin)")
                            && !file.toString().contains("_delta_log"))
                    .toList()) {
                Files.setLastModifiedTime(file, past);
            }
        }
    }
}
