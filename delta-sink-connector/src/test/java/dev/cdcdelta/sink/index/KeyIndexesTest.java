package dev.cdcdelta.sink.index;

import static dev.cdcdelta.sink.index.IndexedTable.P0;
import static dev.cdcdelta.sink.index.IndexedTable.P1;
import static dev.cdcdelta.sink.index.IndexedTable.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.TestClock;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.index.store.StoreLogForms;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIndexesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Instant now = START;
    private IndexedTable table;
    private KeyIndexes indexes;
    private IndexOwner owner;

    @BeforeEach
    void begin() {
        table = new IndexedTable(folder.resolve("table"));
        indexes = indexes(IndexScope.AUTO, Disk.REAL);
        owner = indexes.owner(table.ours.location());
    }

    @AfterEach
    void end() {
        indexes.close();
        table.close();
    }

    private KeyIndexes indexes(IndexScope scope, Disk disk) {
        Clock clock = TestClock.of(() -> now);
        return new KeyIndexes(
                new IndexPolicy(folder.resolve("state"), scope, Duration.ofHours(1)), "sink", clock, disk);
    }

    /** Topics whose keys are looked for in all files. */
    private Set<String> shared = Set.of();

    private KeyIndex open(TopicPartition... owned) {
        return indexes.open(owner, table.ours, Set.of(owned), shared);
    }

    private static KeyIndex openIn(KeyIndexes others, DeltaTable table, Set<TopicPartition> owned) {
        return others.open(others.owner(table.location()), table, owned, Set.of());
    }

    private KeyIndex restart(TopicPartition... owned) {
        indexes.close();
        indexes = indexes(IndexScope.AUTO, Disk.REAL);
        table.ours.refresh();
        return open(owned);
    }

    private static long filesRead(KeyIndex index) {
        return ((ShardedIndex) index).filesRead();
    }

    @Test
    void aRestartFindsWhatWasKnownAndReadsNoFileAgain() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        table.flush(index, P0, Map.of("b", 2L), Map.of("a", 2L));
        index = restart(P0);
        assertThat(index.find(key("a"))).isEmpty();
        assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
        assertThat(index.versionOf(key("b"))).isEqualTo(new SourceVersion(2, 0));
        assertThat(filesRead(index)).isZero();
    }

    @Test
    void afterAKillBetweenCommitAndIndexOnlyTheAddedFileIsRead() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        table.commit(index, P0, Map.of("b", 2L, "c", 2L), Map.of("a", 2L));
        index = restart(P0);
        assertThat(filesRead(index)).isEqualTo(1);
        assertThat(index.find(key("a"))).isEmpty();
        assertThat(index.versionOf(key("b"))).isEqualTo(new SourceVersion(2, 0));
        assertThat(index.versionOf(key("c"))).isEqualTo(new SourceVersion(2, 0));
    }

    @Test
    void rowsThatOthersDeleteAreDeadWithoutReadingTheirFile() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        RowLocation a = index.find(key("a")).orElseThrow();
        table.foreign(Map.of(a.file(), List.of(a.position())), Map.of("x", 7L));
        table.ours.refresh();
        assertThat(indexes.catchUp(owner)).isTrue();
        assertThat(filesRead(index)).isEqualTo(1);
        assertThat(index.find(key("a"))).isEmpty();
        assertThat(index.versionOf(key("a"))).isEqualTo(SourceVersion.UNKNOWN);
        assertThat(index.find(key("b"))).isPresent();
        assertThat(index.find(key("x"))).isPresent();
        index = restart(P0);
        assertThat(filesRead(index)).isZero();
        assertThat(index.find(key("a"))).isEmpty();
        table.flush(index, P0, Map.of("a", 9L, "b", 9L, "x", 9L), Map.of());
        index = restart(P0);
        assertThat(filesRead(index)).isZero();
        assertThat(index.versionOf(key("x"))).isEqualTo(new SourceVersion(9, 0));
    }

    @Test
    void anIndexThatWasTakenAwayIsNotTakenForAnEmptyOne() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        IndexOwner predecessor = owner;
        owner = indexes.owner(table.ours.location());
        KeyIndex other = open(P0);
        assertThat(filesRead(other)).isZero();
        assertThatThrownBy(() -> index.find(key("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> index.versionOf(key("a"))).isInstanceOf(IllegalStateException.class);
        indexes.close(predecessor);
        assertThat(other.find(key("a"))).isPresent();
    }

    @Test
    void whoeverOpensAnIndexLateTakesNothingFromHisSuccessor() throws IOException {
        IndexOwner predecessor = indexes.owner(table.ours.location());
        owner = indexes.owner(table.ours.location());
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        KeyIndex late = indexes.open(predecessor, table.theirs(), Set.of(P0), Set.of());
        assertThat(late.find(key("a"))).isPresent();
        assertThat(index.find(key("a"))).isPresent();
        indexes.close(predecessor);
        table.flush(index, P0, Map.of("a", 2L), Map.of());
        assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
        try (Stream<Path> left = Files.list(folder.resolve("state/_private"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void deletesOfACommitThatTheIndexHasReadAlreadyAreRemembered() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        Runnable apply = table.commit(index, P0, Map.of(), Map.of("a", 3L));
        indexes.catchUp(owner);
        apply.run();
        assertThat(index.find(key("a"))).isEmpty();
        assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(3, 0));
        assertThat(index.versionOf(key("b"))).isEqualTo(new SourceVersion(1, 0));
    }

    @Test
    void aKeyOfTwoRowsIsRefusedWithBothPlaces() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        RowLocation a = index.find(key("a")).orElseThrow();
        table.foreign(Map.of(), Map.of("a", 2L));
        table.ours.refresh();
        assertThatThrownBy(() -> indexes.catchUp(owner))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("two rows of the key \"a\"")
                .hasMessageContaining("row 0 of " + a.file());
        assertThatThrownBy(() -> restart(P0))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("two rows");
    }

    @Test
    void deletesAreRememberedForTheirRetentionOverRestarts() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        table.flush(index, P0, Map.of(), Map.of("a", 2L));
        now = START.plus(Duration.ofMinutes(59));
        index = restart(P0);
        assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
        now = START.minus(Duration.ofDays(9));
        assertThat(restart(P0).versionOf(key("a")).isKnown()).isTrue();
        now = START.plus(Duration.ofMinutes(61));
        index = restart(P0);
        assertThat(index.versionOf(key("a"))).isEqualTo(SourceVersion.UNKNOWN);
    }

    @Nested
    class DeletesThatTheTableRemembers {
        @BeforeEach
        void begin() {
            table.rememberDeletes(() -> now);
        }

        private KeyIndex onAnotherDisk(TopicPartition... owned) throws IOException {
            indexes.close();
            try (Stream<Path> state = Files.walk(folder.resolve("state"))) {
                for (Path file : state.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            return restart(owned);
        }

        @Test
        void areKnownOnAnyDisk() throws IOException {
            KeyIndex index = open(P0);
            table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
            table.flush(index, P0, Map.of(), Map.of("a", 2L, "never there", 3L));
            index = onAnotherDisk(P0);
            assertThat(index.find(key("a"))).isEmpty();
            assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
            assertThat(index.versionOf(key("never there"))).isEqualTo(new SourceVersion(3, 0));
            assertThat(index.versionOf(key("b"))).isEqualTo(new SourceVersion(1, 0));
        }

        @Test
        void areKnownAfterAKillBetweenCommitAndIndex() {
            KeyIndex index = open(P0);
            table.flush(index, P0, Map.of("a", 1L), Map.of());
            table.commit(index, P0, Map.of(), Map.of("a", 2L));
            assertThat(restart(P0).versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
        }

        @Test
        void costTheirOwnTaskNothingToRead() {
            KeyIndex index = open(P0);
            table.flush(index, P0, Map.of("a", 1L), Map.of());
            table.flush(index, P0, Map.of(), Map.of("a", 2L));
            assertThat(indexes.catchUp(owner)).isFalse();
            assertThat(filesRead(index)).isZero();
            index = restart(P0);
            assertThat(filesRead(index)).isZero();
            assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
        }

        @Test
        void areKnownToOtherTasksWhereKeysMove() {
            KeyIndex index = open(P0);
            shared = Set.of("orders");
            try (KeyIndexes others = indexes(IndexScope.AUTO, Disk.REAL)) {
                DeltaTable theirs = table.theirs();
                IndexOwner another = others.owner(theirs.location());
                KeyIndex other = others.open(another, theirs, Set.of(P1), shared);
                table.flush(index, P0, Map.of(), Map.of("a", 2L));
                theirs.refresh();
                assertThat(others.catchUp(another)).isTrue();
                assertThat(other.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
            }
        }

        @Test
        void goWithTheirPartition() throws IOException {
            KeyIndex index = open(P0, P1);
            table.flush(index, P0, Map.of("a", 1L), Map.of());
            table.flush(index, P1, Map.of(), Map.of("b", 2L));
            indexes.close();
            assertThat(restart(P1).versionOf(key("b"))).isEqualTo(new SourceVersion(2, 0));
            assertThat(onAnotherDisk(P0).versionOf(key("b"))).isEqualTo(SourceVersion.UNKNOWN);
        }

        @Test
        void giveWayToARowThatWasWrittenLater() throws IOException {
            KeyIndex index = open(P0);
            table.flush(index, P0, Map.of("a", 1L), Map.of());
            table.flush(index, P0, Map.of(), Map.of("a", 2L));
            table.flush(index, P0, Map.of("a", 3L), Map.of());
            index = onAnotherDisk(P0);
            assertThat(index.find(key("a")).map(RowLocation::version)).contains(new SourceVersion(3, 0));
        }

        @Test
        void areTheNewestOfTheirKey() throws IOException {
            KeyIndex index = open(P0);
            for (long version : new long[] {2, 9, 5}) {
                table.flush(index, P0, Map.of(), Map.of("a", version));
            }
            assertThat(onAnotherDisk(P0).versionOf(key("a"))).isEqualTo(new SourceVersion(9, 0));
        }

        @Test
        void areForgottenAfterTheirRetention() throws IOException {
            KeyIndex index = open(P0);
            table.flush(index, P0, Map.of(), Map.of("a", 2L));
            now = START.plus(Duration.ofMinutes(59));
            assertThat(onAnotherDisk(P0).versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
            now = START.plus(Duration.ofMinutes(61));
            assertThat(restart(P0).versionOf(key("a"))).isEqualTo(SourceVersion.UNKNOWN);
            assertThat(onAnotherDisk(P0).versionOf(key("a"))).isEqualTo(SourceVersion.UNKNOWN);
        }

        @Test
        void areNoRowsToAnybody() {
            KeyIndex index = open(P0);
            table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
            table.flush(index, P0, Map.of(), Map.of("a", 2L));
            List<Object> ids = new ArrayList<>();
            DeltaTable theirs = table.theirs();
            theirs.snapshot().files().values().forEach(file -> {
                try (CloseableIterator<StoredRow> rows = theirs.read(file, List.of(CdcColumns.ID))) {
                    rows.forEachRemaining(row -> ids.add(row.values()[0]));
                }
            });
            assertThat(ids).containsExactly("b");
        }
    }

    @Test
    void aPartitionThatMovesToAnotherTaskTakesItsPartOfTheIndexAlong() {
        KeyIndex index = open(P0, P1);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        table.flush(index, P1, Map.of("b", 1L), Map.of());
        index = open(P0);
        try (KeyIndexes other = indexes(IndexScope.AUTO, Disk.REAL)) {
            KeyIndex moved = openIn(other, table.theirs(), Set.of(P1));
            assertThat(filesRead(moved)).isZero();
            assertThat(moved.find(key("b"))).isPresent();
            assertThat(moved.find(key("a"))).isEmpty();
        }
        assertThat(filesRead(index)).isZero();
        assertThat(index.find(key("a"))).isPresent();
    }

    @Test
    void whereAnotherTaskHasNotLetGoAnIndexIsBuiltAsideAndClearedAway() throws IOException {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        try (KeyIndexes other = indexes(IndexScope.AUTO, Disk.REAL)) {
            KeyIndex aside = openIn(other, table.theirs(), Set.of(P0));
            assertThat(filesRead(aside)).isEqualTo(1);
            assertThat(aside.find(key("a"))).isPresent();
        }
        try (Stream<Path> left = Files.list(folder.resolve("state/_private"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aTableInSharedModeIsIndexedAsAWhole() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        try (KeyIndexes other = indexes(IndexScope.AUTO, Disk.REAL)) {
            table.ours.refresh();
            KeyIndex second = openIn(other, table.ours, Set.of(P1));
            table.flush(second, P1, Map.of("b", 1L), Map.of());
        }
        table.ours.refresh();
        indexes.catchUp(owner);
        assertThat(index.find(key("b"))).isEmpty();
        shared = Set.of(P0.topic());
        index = open(P0);
        assertThat(index.find(key("b"))).isPresent();
        assertThat(index.find(key("a"))).isPresent();
        table.flush(index, P0, Map.of("b", 5L), Map.of());
        index = restart(P0);
        assertThat(filesRead(index)).isZero();
        assertThat(index.versionOf(key("b"))).isEqualTo(new SourceVersion(5, 0));
    }

    @Test
    void movedRowsAreFollowedWhereTheIndexStillPointsToTheirOldPlace() {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        RowLocation a = index.find(key("a")).orElseThrow();
        RowLocation b = index.find(key("b")).orElseThrow();
        Map<dev.cdcdelta.smt.key.DocumentKey, RowLocation> stored = new HashMap<>();
        String to = table.move(P0, Map.of("a", 1L), Map.of(a.file(), List.of(a.position())), stored);
        long position = stored.values().iterator().next().position();
        index.moved(
                List.of(
                                new MovedRow(key("a"), a.file(), a.position(), to, position),
                                new MovedRow(key("b"), "elsewhere", 3, to, 1))
                        .iterator(),
                table.ours.snapshot());
        assertThat(index.find(key("a"))).contains(new RowLocation(to, position, new SourceVersion(1, 0)));
        assertThat(index.find(key("b"))).contains(b);
        index = restart(P0);
        assertThat(filesRead(index)).isZero();
        assertThat(index.find(key("a")).orElseThrow().file()).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages", "log", "directory"})
    void aDamagedIndexIsBuiltAnew(String file) throws IOException {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        indexes.close();
        Path damaged = shard().resolve(file);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        Files.deleteIfExists(shard().resolve("journal"));
        index = restart(P0);
        assertThat(filesRead(index)).isEqualTo(1);
        assertThat(index.find(key("a"))).isPresent();
        assertThat(index.find(key("b"))).isPresent();
    }

    /** The store is whole, but of another state of the same table than its files' list says. */
    @Test
    void anIndexThatLiesIsBuiltAnew() throws IOException {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L, "b", 1L), Map.of());
        restart(P0);
        indexes.close();
        Map<String, byte[]> old = new TreeMap<>();
        for (String name : List.of("pages", "directory")) {
            old.put(name, Files.readAllBytes(shard().resolve(name)));
        }
        table.flush(restart(P0), P0, Map.of("a", 2L, "b", 2L), Map.of());
        restart(P0);
        indexes.close();
        for (Map.Entry<String, byte[]> file : old.entrySet()) {
            Files.write(shard().resolve(file.getKey()), file.getValue());
        }
        Files.deleteIfExists(shard().resolve("journal"));
        index = restart(P0);
        assertThat(filesRead(index)).isPositive();
        assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
    }

    /** Its row count is read as stated once, and believed to be wrong from then on. */
    @Test
    void aFileWithWrongStatisticsIsNotReadAtEachRestart() throws IOException {
        KeyIndex index = open(P0);
        table.foreignWithStatedRows(Map.of("a", 1L, "b", 1L), 5);
        table.ours.refresh();
        indexes.catchUp(owner);
        index = restart(P0);
        assertThat(filesRead(index)).isZero();
        table.flush(index, P0, Map.of("a", 2L), Map.of());
        assertThat(indexes.catchUp(owner)).isFalse();
        index = restart(P0);
        assertThat(filesRead(index)).isZero();
        assertThat(index.versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
        assertThat(index.versionOf(key("b"))).isEqualTo(new SourceVersion(1, 0));
    }

    @Test
    void rowsBeyondTheStatedNumberAreReplacedLikeOthers() throws IOException {
        KeyIndex index = open(P0);
        table.foreignWithStatedRows(Map.of("a", 1L, "b", 1L, "c", 1L), 1);
        table.ours.refresh();
        indexes.catchUp(owner);
        table.flush(index, P0, Map.of("a", 2L), Map.of());
        table.flush(index, P0, Map.of("b", 2L), Map.of());
        table.flush(index, P0, Map.of("c", 2L), Map.of());
        for (String id : List.of("a", "b", "c")) {
            assertThat(index.versionOf(key(id))).isEqualTo(new SourceVersion(2, 0));
        }
        assertThat(table.ours.snapshot().files()).hasSize(3);
        index = restart(P0);
        assertThat(index.find(key("c"))).isPresent();
    }

    @Test
    void anIndexOfAnotherFormatIsBuiltAnew() throws IOException {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        indexes.close();
        Files.write(shard().resolve("log"), StoreLogForms.withFormat(1));
        index = restart(P0);
        assertThat(filesRead(index)).isEqualTo(1);
        assertThat(index.find(key("a"))).isPresent();
    }

    @Test
    void indexesThatNobodyUsedForAMonthAreDeleted() throws IOException {
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        Path inUse = shard();
        Path left = inUse.resolveSibling("9");
        Path young = inUse.resolveSibling("8");
        for (Path copy : List.of(left, young)) {
            Files.createDirectories(copy);
            for (String name : List.of("log", "pages", "directory")) {
                Files.copy(inUse.resolve(name), copy.resolve(name));
            }
        }
        for (Path each : List.of(left, inUse)) {
            Files.setLastModifiedTime(each.resolve("log"), FileTime.from(START.minus(Duration.ofDays(31))));
        }
        Files.setLastModifiedTime(young.resolve("log"), FileTime.from(START.minus(Duration.ofDays(29))));
        try (KeyIndexes other = indexes(IndexScope.AUTO, Disk.REAL)) {
            assertThat(openIn(other, table.theirs(), Set.of(P1)).find(key("a"))).isEmpty();
        }
        assertThat(left.resolve("pages")).doesNotExist();
        assertThat(young.resolve("pages")).exists();
        assertThat(inUse.resolve("pages")).exists();
        assertThat(index.find(key("a"))).isPresent();
    }

    @Test
    void aFullDiskStopsTheTaskAndLosesNothing() {
        AtomicBoolean full = new AtomicBoolean();
        indexes.close();
        indexes = indexes(IndexScope.AUTO, (file, bytes, offset) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            Disk.REAL.write(file, bytes, offset);
        });
        KeyIndex index = open(P0);
        table.flush(index, P0, Map.of("a", 1L), Map.of());
        full.set(true);
        assertThatThrownBy(() -> table.flush(index, P0, Map.of("a", 2L), Map.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("nothing is lost")
                .hasMessageContaining("state.dir");
        full.set(false);
        assertThat(restart(P0).versionOf(key("a"))).isEqualTo(new SourceVersion(2, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void itAgreesWithAModelUnderAllThatHappens(long seed) {
        campaign(seed, 12);
    }

    @Test
    @Tag("slow")
    void itAgreesWithAModelForLong() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        campaign(seed, 400);
    }

    private void campaign(long seed, int steps) {
        Random random = new Random(seed);
        Map<String, Long> model = new HashMap<>();
        KeyIndex index = open(P0, P1);
        for (int step = 1; step <= steps; step++) {
            long version = step;
            switch (random.nextInt(6)) {
                case 0 -> index = restart(P0, P1);
                case 1 -> {
                    Map<String, Long> upserts = random(random, version);
                    table.commit(index, random.nextBoolean() ? P0 : P1, upserts, Map.of());
                    model.putAll(upserts);
                    index = restart(P0, P1);
                }
                case 2 -> {
                    Map<String, List<Long>> kills = new HashMap<>();
                    Map<String, Long> rows = new HashMap<>();
                    for (String id : random(random, version).keySet()) {
                        RowLocation row = index.find(key(id)).orElse(null);
                        if (row != null) {
                            kills.computeIfAbsent(row.file(), file -> new java.util.ArrayList<>())
                                    .add(row.position());
                            model.remove(id);
                        }
                        if (random.nextBoolean()) {
                            rows.put(id, version);
                            model.put(id, version);
                        }
                    }
                    table.foreign(kills, rows);
                    table.ours.refresh();
                    indexes.catchUp(owner);
                }
                default -> {
                    Map<String, Long> upserts = random(random, version);
                    Map<String, Long> deletes = random(random, version);
                    deletes.keySet().removeAll(upserts.keySet());
                    table.flush(index, random.nextBoolean() ? P0 : P1, upserts, deletes);
                    model.putAll(upserts);
                    model.keySet().removeAll(deletes.keySet());
                }
            }
            for (int id = 0; id < 60; id++) {
                String name = "k" + id;
                assertThat(index.find(key(name))
                                .map(row -> row.version().timeMillis())
                                .orElse(null))
                        .as("seed %d step %d key %s", seed, step, name)
                        .isEqualTo(model.get(name));
            }
        }
    }

    private static Map<String, Long> random(Random random, long version) {
        Map<String, Long> rows = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            rows.put("k" + random.nextInt(60), version);
        }
        return rows;
    }

    private Path shard() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            return files.filter(file -> file.endsWith("orders/0")).findFirst().orElseThrow();
        }
    }
}
