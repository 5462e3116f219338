package dev.cdcdelta.sink.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.TestClock;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredFile;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time passes by moving the clock of the vacuum, and the times of the files back. */
class VacuumTest {
    private static final Duration RETENTION = Duration.ofDays(7);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void whatNoVersionOfTheRetentionRefersToGoesAndNothingElse() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            rig.upsert("one", 1, 2, 3).upsert("two", 3, 4).upsert("three", 2).delete(4);
            rig.install(rig.compact());
            rig.upsert("four", 1, 5);
            Path orphan = copy("part-00000-orphan-c000.zstd.parquet");
            Path orphanedVector = copy("deletion_vector_00000000-0000-0000-0000-000000000000.bin");
            Path hidden = copy(".hidden.parquet");
            Path foreign = copy("notes.txt");
            Path inHiddenDirectory = copy("_mine/part.parquet");
            Path oldChanges = copy("_change_data/cdc-old.parquet");
            Set<Path> live = referenced(rig);

            assertThat(vacuum(rig, Duration.ofDays(6)).run(rig.location, false)).isEmpty();
            List<StoredFile> deleted = vacuum(rig, Duration.ofDays(8)).run(rig.location, false);

            assertThat(deleted).isNotEmpty();
            assertThat(List.of(orphan, orphanedVector, oldChanges)).noneMatch(java.nio.file.Files::exists);
            assertThat(List.of(hidden, foreign, inHiddenDirectory)).allMatch(java.nio.file.Files::exists);
            assertThat(live).allMatch(java.nio.file.Files::exists);
            assertThat(visibleFiles()).isEqualTo(new TreeSet<>(live));
            rig.check("vacuumed");
            rig.upsert("five", 2).delete(5);
            rig.check("upserted afterwards");
            assertThat(vacuum(rig, Duration.ofDays(6)).run(rig.location, false)).isEmpty();
        }
    }

    @Test
    void filesOfRecentTombstonesStayHoweverOldTheyAre() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            rig.upsert("one", 1, 2, 3).upsert("two", 3, 4);
            DeltaTable reader = rig.tables.open(rig.location).orElseThrow();
            rig.install(rig.compact());
            age(Duration.ofDays(100));
            assertThat(vacuum(rig, Duration.ofDays(6)).run(rig.location, false)).isEmpty();
            assertThat(UpsertRig.rows(reader)).isEqualTo(rig.model);
        }
    }

    /** A checkpoint of a writer that loses tombstones; the commits tell of them still. */
    @Test
    void whatACommitWithinTheRetentionNamesStays() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            for (int i = 0; i < 12; i++) {
                rig.upsert("round " + i, i % 4, 10 + i);
            }
            rig.install(rig.compact());
            for (int i = 0; i < 12; i++) {
                rig.upsert("later " + i, 50 + i);
            }
            age(Duration.ofDays(100));
            assertThat(directory.resolve("_delta_log/_last_checkpoint")).exists();
            assertThat(vacuum(rig, Duration.ofDays(6)).run(rig.location, true)).isEmpty();
        }
    }

    @Test
    void aFileThatIsStillBeingCommittedIsYoung() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            rig.upsert("one", 1);
            copy("part-00000-in-flight-c000.zstd.parquet");
            assertThat(vacuum(rig, Duration.ZERO).run(rig.location, false)).isEmpty();
        }
    }

    @Test
    void aDryRunDeletesNothing() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            rig.upsert("one", 1);
            Path orphan = copy("part-00000-orphan-c000.zstd.parquet");
            assertThat(vacuum(rig, Duration.ofDays(8)).run(rig.location, true))
                    .extracting(StoredFile::path)
                    .containsExactly("part-00000-orphan-c000.zstd.parquet");
            assertThat(orphan).exists();
        }
    }

    @Test
    void theTablesOwnRetentionIsTheLeast() throws IOException {
        Map<String, String> month = Map.of("delta.deletedFileRetentionDuration", "interval 30 days");
        try (UpsertRig rig = new UpsertRig(location(), TableDefinition.of(UpsertRig.COLUMNS, month))) {
            rig.upsert("one", 1);
            copy("part-00000-orphan-c000.zstd.parquet");
            assertThat(vacuum(rig, Duration.ofDays(29)).run(rig.location, true)).isEmpty();
            assertThat(vacuum(rig, Duration.ofDays(31)).run(rig.location, true)).hasSize(1);
        }
    }

    @Test
    void aTableThatAsksMoreOfItsWritersIsLeftAlone() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            rig.upsert("one", 1);
            copy("part-00000-orphan-c000.zstd.parquet");
            java.nio.file.Files.writeString(
                    directory.resolve("_delta_log/00000000000000000002.json"),
                    "{\"commitInfo\":{\"timestamp\":1}}\n"
                            + "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\",\"unheardOf\"],"
                            + "\"writerFeatures\":[\"deletionVectors\",\"unheardOf\"]}}\n");
            assertThatThrownBy(() -> vacuum(rig, Duration.ofDays(8)).run(rig.location, false))
                    .isInstanceOfAny(ConfigException.class, org.apache.kafka.connect.errors.ConnectException.class)
                    .hasMessageContaining("unheardOf");
        }
    }

    @Test
    void theOwnerOfTheLeastPartitionVacuumsOnceADay() throws IOException {
        try (UpsertRig rig = new UpsertRig(location())) {
            rig.upsert("one", 1);
            Path orphan = copy("part-00000-orphan-c000.zstd.parquet");
            List<Runnable> started = new ArrayList<>();
            Instant[] now = {Instant.now().plus(Duration.ofDays(8))};
            Clock clock = TestClock.of(() -> now[0]);
            Vacuum vacuum = new Vacuum(new VacuumPolicy(true, RETENTION), "c", rig.tables, started::add, clock);
            Map<String, Long> transactions = Map.of("c|t|1", 5L, "c|t|0", 5L, "c|t|0|source-time", 5L, "other|a|0", 1L);
            TopicPartition least = new TopicPartition("t", 0);
            vacuum.look(rig.location, transactions, Set.of(least));
            assertThat(started).isEmpty();
            now[0] = now[0].plus(Vacuum.BEFORE_FIRST_ROUND);
            vacuum.look(rig.location, transactions, Set.of(new TopicPartition("t", 1)));
            assertThat(started).isEmpty();
            vacuum.look(rig.location, transactions, Set.of(least));
            vacuum.look(rig.location, transactions, Set.of(least));
            assertThat(started).hasSize(1);
            started.get(0).run();
            assertThat(orphan).doesNotExist();
            now[0] = now[0].plus(Vacuum.BETWEEN_ROUNDS).minusMillis(1);
            vacuum.look(rig.location, transactions, Set.of(least));
            assertThat(started).hasSize(1);
            now[0] = now[0].plusMillis(1);
            vacuum.look(rig.location, transactions, Set.of(least));
            assertThat(started).hasSize(2);
            vacuum.close();
            Path late = copy("late.parquet");
            started.get(1).run();
            assertThat(late).exists();
        }
    }

    private String location() {
        return "file://" + directory;
    }

    private Vacuum vacuum(UpsertRig rig, Duration later) {
        return new Vacuum(
                new VacuumPolicy(true, RETENTION),
                "rig",
                rig.tables,
                Runnable::run,
                Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC));
    }

    /** Any file will do: nobody reads it. */
    private Path copy(String name) throws IOException {
        Path file = directory.resolve(name);
        java.nio.file.Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return java.nio.file.Files.writeString(file, "not read");
    }

    private void age(Duration by) throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(by));
        for (Path file : visibleFiles()) {
            java.nio.file.Files.setLastModifiedTime(file, then);
        }
    }

    private TreeSet<Path> visibleFiles() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.walk(directory)) {
            TreeSet<Path> visible = new TreeSet<>();
            files.filter(file -> file.toString().matches(".*/[^/_.][^/]*\\.(parquet|bin)"))
                    .filter(file -> !directory.relativize(file).toString().startsWith("_"))
                    .forEach(visible::add);
            return visible;
        }
    }

    /** What the newest version is read from: watched by reading it. */
    private Set<Path> referenced(UpsertRig rig) {
        Set<Path> files = new TreeSet<>();
        for (DataFile file : rig.table.snapshot().files().values()) {
            files.add(directory.resolve(file.path()));
            if (file.deletedRowCount() > 0) {
                files.add(vectorOf(rig, file));
            }
        }
        return files;
    }

    /** The one vector file without which the data file cannot be read. */
    private Path vectorOf(UpsertRig rig, DataFile file) {
        try {
            for (Path vector : visibleFiles()) {
                if (vector.toString().endsWith(".bin") && !isReadableWithout(vector, rig, file)) {
                    return vector;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no vector of " + file);
    }

    private static boolean isReadableWithout(Path vector, UpsertRig rig, DataFile file) throws IOException {
        Path aside = vector.resolveSibling("_aside");
        java.nio.file.Files.move(vector, aside);
        try (CloseableIterator<StoredRow> rows = rig.table.read(file, List.of("_id"))) {
            rows.forEachRemaining(row -> {});
            return true;
        } catch (RuntimeException e) {
            return false;
        } finally {
            java.nio.file.Files.move(aside, vector);
        }
    }
}
