package dev.cdcdelta.sink.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.index.MovedRow;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableDefinition;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between the reading of files and the commit that puts others in their place. */
class CompactionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private UpsertRig rig;

    @BeforeEach
    void fiveFilesWithDeadRows() {
        rig = new UpsertRig("file://" + directory);
        rig.upsert("one", 1, 2, 3, 4)
                .upsert("two", 3, 4, 5, 6)
                .upsert("three", 6, 7, 8)
                .delete(1, 8)
                .upsert("four", 9)
                .upsert("five", 10, 11, 12);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void fewerFilesHoldTheSameRows() throws IOException {
        TableSnapshot before = rig.table.snapshot();
        assertThat(before.files()).hasSize(5);
        InstallResult result = rig.install(rig.compact());
        assertThat(result.installed()).isTrue();
        TableSnapshot after = rig.table.snapshot();
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(after.transactions()).isEqualTo(before.transactions());
        assertThat(after.files().values())
                .singleElement()
                .matches(file -> file.rowCount() == 10 && file.deletedRowCount() == 0)
                .matches(file -> file.tags().equals(IndexedFiles.tags(Files.P0)));
        assertThat(log(after.version()))
                .contains("\"add\"", "\"remove\"")
                .doesNotContain("\"dataChange\":true")
                .contains("\"dataChange\":false");
        rig.check("compacted");
        rig.upsert("six", 2, 12, 13).delete(3);
        rig.check("upserted afterwards");
    }

    @Test
    void rowsThatDieBeforeTheInstallationStayDead() {
        CompactedFiles compacted = rig.compact();
        rig.upsert("later", 5, 7, 20).delete(11);
        assertThat(rig.install(compacted).installed()).isTrue();
        assertThat(rig.table.snapshot().files().get(compacted.files().get(0).path()))
                .isNotNull()
                .matches(file -> file.deletedRowCount() == 3);
        rig.check("installed");
        rig.delete(5, 6, 20).upsert("last", 7);
        rig.check("upserted afterwards");
    }

    @Test
    void otherWritersDeletesStayDeletes() {
        CompactedFiles compacted = rig.compact();
        rig.deleteFromOutside(7);
        assertThat(rig.install(compacted).installed()).isTrue();
        rig.check("installed");
    }

    @Test
    void aSourceThatIsGoneGivesTheCompactionUp() {
        CompactedFiles compacted = rig.compact();
        rig.delete(9);
        InstallResult result = rig.install(compacted);
        assertThat(result.installed()).isFalse();
        assertThat(result.reason()).contains("has been rewritten");
        assertThat(directory.resolve(compacted.files().get(0).path())).doesNotExist();
        rig.check("given up");
    }

    @Test
    void ofTwoCompactionsOfTheSameFilesOneIsGivenUp() {
        CompactedFiles mine = rig.compact();
        CompactedFiles zombies = rig.compact();
        assertThat(rig.install(mine).installed()).isTrue();
        assertThat(rig.install(zombies).installed()).isFalse();
        assertThat(rig.table.snapshot().files())
                .containsOnlyKeys(mine.files().get(0).path());
        rig.check("both");
    }

    @Test
    void aLostRaceIsRunAgainOnWhatTheWinnerLeft() {
        CompactedFiles compacted = rig.compact();
        int[] attempts = {0};
        InstallResult result = rig.install(compacted, (table, commit) -> {
            if (attempts[0]++ < 2) {
                rig.deleteFromOutside(attempts[0] == 1 ? 7 : 10);
            }
            return table.commit(commit);
        });
        assertThat(attempts[0]).isEqualTo(3);
        assertThat(result.installed()).isTrue();
        rig.check("installed");
    }

    @Test
    void aRaceThatIsLostAgainAndAgainGivesTheCompactionUp() throws LostRaceException {
        CompactedFiles compacted = rig.compact();
        InstallResult result = rig.install(compacted, (table, commit) -> {
            DeltaTable other = rig.tables.open(rig.location).orElseThrow();
            other.commit(new TableCommit(other.snapshot().columns(), List.of(), Map.of(), Map.of("other", 1L)));
            return table.commit(commit);
        });
        assertThat(result.installed()).isFalse();
        assertThat(result.reason()).contains("lost 5 races");
        assertThat(directory.resolve(compacted.files().get(0).path())).doesNotExist();
        rig.check("given up");
    }

    @Test
    void newColumnsGiveTheCompactionUp() throws LostRaceException {
        CompactedFiles compacted = rig.compact();
        DeltaTable other = rig.tables.open(rig.location).orElseThrow();
        List<Column> columns = new ArrayList<>(other.snapshot().columns().columns());
        columns.add(new Column("more", "more", new ColumnType.Leaf(ScalarType.STRING)));
        other.commit(new TableCommit(new ColumnType.Struct(columns), List.of(), Map.of(), Map.of()));
        assertThat(rig.install(compacted).installed()).isFalse();
        rig.check("given up");
        assertThat(rig.install(rig.compact()).installed()).isTrue();
        rig.check("tried again");
    }

    @Test
    void aPartitionThatTheTaskHasGivenUpIsLeftToItsOwner() {
        CompactedFiles compacted = rig.compact();
        FollowingIndex others = new FollowingIndex() {
            @Override
            public Set<TopicPartition> owned() {
                return Set.of(Files.P1);
            }

            @Override
            public void catchUp(DeltaTable table) {}

            @Override
            public void moved(Iterator<MovedRow> rows, TableSnapshot committed) {}
        };
        assertThat(rig.install(compacted, DeltaTable::commit, others).installed())
                .isFalse();
        rig.check("given up");
    }

    @Test
    void rowsThatHaveAllDiedNeedNoFile() {
        CompactedFiles compacted = rig.compact(1, files());
        assertThat(compacted.files()).hasSize(10);
        rig.upsert("later", 10, 11);
        assertThat(rig.install(compacted).installed()).isTrue();
        assertThat(rig.table.snapshot().files()).hasSize(8 + 1);
        for (DataFile file : compacted.files()) {
            assertThat(directory.resolve(file.path()).toFile().exists())
                    .isEqualTo(rig.table.snapshot().files().containsKey(file.path()));
        }
        rig.check("installed");
    }

    @Test
    void aFailedCommitLeavesTheTableAsItWas() {
        CompactedFiles compacted = rig.compact();
        assertThatThrownBy(() -> rig.install(compacted, (table, commit) -> {
                    throw new ConnectException("the storage is gone");
                }))
                .isInstanceOf(ConnectException.class);
        rig.check("failed");
        assertThat(directory.resolve(compacted.files().get(0).path())).exists();
        assertThat(rig.install(rig.compact()).installed()).isTrue();
        rig.check("tried again");
    }

    @Test
    void anIndexThatDidNotFollowCatchesUp() {
        CompactedFiles compacted = rig.compact();
        FollowingIndex real = rig.following();
        FollowingIndex crashing = new FollowingIndex() {
            @Override
            public Set<TopicPartition> owned() {
                return real.owned();
            }

            @Override
            public void catchUp(DeltaTable table) {
                real.catchUp(table);
            }

            @Override
            public void moved(Iterator<MovedRow> rows, TableSnapshot committed) {
                rows.next();
                throw new ConnectException("killed");
            }
        };
        assertThatThrownBy(() -> rig.install(compacted, DeltaTable::commit, crashing))
                .hasMessage("killed");
        assertThat(rig.isCaughtUp()).isFalse();
        rig.check("caught up");
        rig.upsert("later", 2, 12).delete(5);
        rig.check("upserted afterwards");
    }

    @Test
    void readersOfOlderVersionsFindTheirFiles() {
        DeltaTable reader = rig.tables.open(rig.location).orElseThrow();
        Map<Long, String> then = new TreeMap<>(rig.model);
        rig.upsert("later", 2, 3);
        rig.install(rig.compact());
        rig.upsert("last", 2, 10);
        assertThat(UpsertRig.rows(reader)).isEqualTo(then);
    }

    @Test
    void aCancelledJobLeavesNothing() throws IOException {
        long before = filesInDirectory();
        DeltaTable own = rig.tables.open(rig.location).orElseThrow();
        int[] asked = {0};
        Optional<CompactedFiles> none =
                new CompactionJob(own, 1, () -> asked[0]++ == 3).run(new CompactionGroup(files()));
        assertThat(none).isEmpty();
        assertThat(asked[0]).isEqualTo(4);
        assertThat(filesInDirectory()).isEqualTo(before);
    }

    @Test
    void partitionedTablesKeepTheirPartitions() {
        String location = "file://" + directory + "/partitioned";
        try (UpsertRig parted = new UpsertRig(
                location, new TableDefinition(UpsertRig.COLUMNS, List.of("_cdc_ts"), List.of(), Map.of()))) {
            parted.upsert("one", 1, 2, 3).upsert("two", 3, 4).upsert("three", 5);
            Map<String, Optional<String>> partition =
                    parted.table.snapshot().files().values().iterator().next().partition();
            CompactedFiles compacted = parted.compact();
            parted.delete(4);
            assertThat(parted.install(compacted).installed()).isTrue();
            assertThat(parted.table.snapshot().files().values())
                    .singleElement()
                    .matches(file -> file.partition().equals(partition));
            parted.check("installed");
        }
    }

    private List<DataFile> files() {
        return List.copyOf(rig.table.snapshot().files().values());
    }

    private String log(long version) throws IOException {
        return java.nio.file.Files.readString(
                directory.resolve(String.format(java.util.Locale.ROOT, "_delta_log/%020d.json", version)));
    }

    private long filesInDirectory() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(directory)) {
            return files.count();
        }
    }
}
