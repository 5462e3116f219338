package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.column;
import static dev.cdcdelta.sink.table.Tables.delete;
import static dev.cdcdelta.sink.table.Tables.live;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Partitioned and clustered tables, tables with a change data feed and tables without deletion vectors. */
class TableLayoutTest {
    private static final ColumnType.Struct COLUMNS = struct(
            column("_id", ScalarType.INT64),
            column("country", ScalarType.STRING),
            column("seen", ScalarType.DATE),
            column("name", ScalarType.STRING));
    private static final List<String> PARTITION_BY = List.of("country", "seen");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final DeltaTables tables = new DeltaTables(Map.of());

    @AfterEach
    void close() {
        tables.close();
    }

    private String location() {
        return "file://" + directory + "/table";
    }

    private static DataFile write(DeltaTable table, @Nullable Object[] row) {
        FilePlace place = new FilePlace(Map.of(), PartitionText.of(COLUMNS, PARTITION_BY, row));
        try (DataFileWriter writer = table.writer(COLUMNS, place)) {
            writer.write(row);
            writer.write(row);
            return writer.finish();
        }
    }

    @Test
    void partitionValuesOfAnyTextAreKeptWithTheFileAndComeBackWithItsRows() throws Exception {
        DeltaTable table = tables.create(location(), new TableDefinition(COLUMNS, PARTITION_BY, List.of(), Map.of()));
        List<@Nullable Object[]> written = List.of(
                row(1L, "Österreich / 50% = \"a b\"", 1_700_000_000_123_456L, "x"),
                row(2L, null, -1L, "y"),
                row(3L, "x".repeat(500), null, "z"));
        List<DataFile> added = new ArrayList<>();
        written.forEach(row -> added.add(write(table, row)));
        table.commit(append(table, added.toArray(DataFile[]::new)));
        table.commit(delete(table, added.get(0), 1));

        DeltaTable reopened = tables.open(location()).orElseThrow();
        assertThat(reopened.snapshot()).isEqualTo(table.snapshot());
        assertThat(reopened.snapshot().partitionColumns()).isEqualTo(PARTITION_BY);
        assertThat(rows(reopened))
                .containsExactlyInAnyOrder(
                        Tables.plain(written.get(0)),
                        Tables.plain(written.get(1)),
                        Tables.plain(written.get(1)),
                        Tables.plain(written.get(2)),
                        Tables.plain(written.get(2)));
        assertThat(live(reopened, added.get(1)).partition()).containsEntry("country", Optional.empty());
        String log = Files.readString(directory.resolve("table/_delta_log/00000000000000000001.json"));
        assertThat(log).contains("\"country\":null").doesNotContain("\\\"country\\\"");
        TableProtocolCheck.check(location());
    }

    @Test
    void emptyTextIsThePartitionOfNull() throws Exception {
        DeltaTable table =
                tables.create(location(), new TableDefinition(COLUMNS, List.of("country"), List.of(), Map.of()));
        Map<String, Optional<String>> partition = PartitionText.of(COLUMNS, List.of("country"), row(1L, "", 1L, "x"));

        assertThat(partition).containsEntry("country", Optional.empty());
        assertThatThrownBy(() -> table.writer(COLUMNS, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("country");
    }

    @Test
    void clusteringColumnsAreKeptThroughCommitsAndCheckpoints() throws Exception {
        DeltaTable table = tables.create(
                location(),
                new TableDefinition(COLUMNS, List.of(), List.of("name"), Map.of("delta.checkpointInterval", "3")));
        for (int round = 0; round < 4; round++) {
            table.commit(append(table, Tables.write(table, COLUMNS, row((long) round, "a", 1L, "b"))));
        }

        assertThat(Files.readString(directory.resolve("table/_delta_log/00000000000000000000.json")))
                .contains("delta.clustering");
        assertThat(Files.readString(directory.resolve("table/_delta_log/00000000000000000004.crc")))
                .contains("delta.clustering");
        TableProtocolCheck.check(location());
    }

    @Test
    void columnsThatAreNoLeavesOrDoNotExistAreRefused() {
        for (TableDefinition wrong : List.of(
                new TableDefinition(COLUMNS, List.of("nowhere"), List.of(), Map.of()),
                new TableDefinition(COLUMNS, List.of(), List.of("name.first"), Map.of()),
                new TableDefinition(COLUMNS, List.of("name"), List.of("name"), Map.of()),
                new TableDefinition(
                        COLUMNS, COLUMNS.columns().stream().map(Column::name).toList(), List.of(), Map.of()))) {
            assertThatThrownBy(() -> tables.create(location(), wrong))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(location().replace("file://", ""));
        }
    }

    @Test
    void changesOfACommitAreFilesOfTheirOwnBesideTheRows() throws Exception {
        ColumnType.Struct columns = Tables.ID_AND_NAME;
        DeltaTable table = tables.create(location(), columns, Map.of("delta.enableChangeDataFeed", "true"));
        assertThat(table.snapshot().features())
                .containsExactlyInAnyOrder(
                        TableFeature.CHANGE_DATA_FEED, TableFeature.DELETION_VECTORS, TableFeature.TYPE_WIDENING);
        DataFile first = Tables.write(table, columns, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, first));

        DataFile second = Tables.write(table, columns, row(1L, "c"));
        ColumnType.Struct changes =
                struct(columns.columns().get(0), columns.columns().get(1), column("_change_type", ScalarType.STRING));
        DataFile feed;
        try (DataFileWriter writer = table.changeWriter(changes, FilePlace.tagged(Map.of()))) {
            writer.write(row(1L, "a", "update_preimage"));
            writer.write(row(1L, "c", "update_postimage"));
            feed = writer.finish();
        }
        table.commit(new TableCommit(
                true,
                columns,
                List.of(second),
                Map.of(first.path(), Roaring64Bitmap.bitmapOf(0)),
                Set.of(),
                List.of(feed),
                Map.of("o", 1L)));

        assertThat(feed.path()).startsWith("_change_data/");
        assertThat(Files.readString(directory.resolve("table/_delta_log/00000000000000000002.json")))
                .contains("{\"cdc\":{\"path\":\"" + feed.path() + "\",\"partitionValues\":{},\"size\":" + feed.size()
                        + ",\"dataChange\":false}}");
        assertThat(tables.open(location()).orElseThrow().snapshot()).isEqualTo(table.snapshot());
        TableProtocolCheck.check(location());
    }

    @Test
    void withoutDeletionVectorsWholeFilesGoAndNothingElse() throws Exception {
        ColumnType.Struct columns = Tables.ID_AND_NAME;
        DeltaTable table = tables.create(location(), columns, Map.of("delta.enableDeletionVectors", "false"));
        DataFile first = Tables.write(table, columns, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, first));

        assertThat(table.snapshot().features()).containsExactly(TableFeature.TYPE_WIDENING);
        assertThatThrownBy(() -> table.commit(delete(table, first, 0)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("deletionVectors");
        DataFile rewritten = Tables.write(table, columns, row(1L, "c"), row(2L, "b"));
        table.commit(new TableCommit(
                true, columns, List.of(rewritten), Map.of(), Set.of(first.path()), List.of(), Map.of()));

        assertThat(rows(table)).containsExactly(List.of(1L, "c"), List.of(2L, "b"));
        assertThat(tables.open(location()).orElseThrow().snapshot()).isEqualTo(table.snapshot());
        TableProtocolCheck.check(location());
    }

    @Test
    void aCompactionStoresRowsAnewWithoutChangingThem() throws Exception {
        ColumnType.Struct columns = Tables.ID_AND_NAME;
        DeltaTable table = tables.create(location(), columns, Map.of());
        DataFile first = Tables.write(table, columns, row(1L, "a"), row(2L, "b"));
        DataFile second = Tables.write(table, columns, row(3L, "c"));
        table.commit(append(table, first, second));
        table.commit(delete(table, first, 0));

        DataFile together = Tables.write(table, columns, row(2L, "b"), row(3L, "c"), row(9L, "died meanwhile"));
        table.commit(new TableCommit(
                false,
                columns,
                List.of(together),
                Map.of(together.path(), Roaring64Bitmap.bitmapOf(2)),
                Set.of(first.path(), second.path()),
                List.of(),
                Map.of()));

        assertThat(rows(table)).containsExactly(List.of(2L, "b"), List.of(3L, "c"));
        assertThat(Files.readString(directory.resolve("table/_delta_log/00000000000000000003.json")))
                .contains("\"dataChange\":false", "\"operation\":\"OPTIMIZE\"")
                .doesNotContain("\"dataChange\":true");
        assertThat(tables.open(location()).orElseThrow().snapshot()).isEqualTo(table.snapshot());
        assertThatThrownBy(() -> table.commit(
                        new TableCommit(true, columns, List.of(), Map.of(), Set.of(first.path()), List.of(), Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not live");
        TableProtocolCheck.check(location());
    }
}
