package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.column;
import static dev.cdcdelta.sink.table.Tables.delete;
import static dev.cdcdelta.sink.table.Tables.live;
import static dev.cdcdelta.sink.table.Tables.offsets;
import static dev.cdcdelta.sink.table.Tables.plain;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.struct;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class DeltaTableTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final DeltaTables tables = new DeltaTables(Map.of());

    @AfterEach
    void close() {
        tables.close();
    }

    private String location() {
        return "file://" + directory + "/shop/orders";
    }

    private DeltaTable create(ColumnType.Struct columns) {
        return tables.create(location(), columns, Map.of());
    }

    private DeltaTable reopened() {
        return tables.open(location()).orElseThrow();
    }

    @Test
    void whereNoTableIsNoneIsOpened() {
        assertThat(tables.open(location())).isEmpty();
    }

    @Test
    void aNewTableIsEmptyAndHasTheFeaturesThatTheEngineNeeds() {
        DeltaTable table = tables.create(location(), ID_AND_NAME, Map.of("owner", "us"));

        assertThat(table.snapshot().version()).isZero();
        assertThat(table.snapshot().columns()).isEqualTo(ID_AND_NAME);
        assertThat(table.snapshot().files()).isEmpty();
        assertThat(table.snapshot().properties())
                .containsEntry("delta.enableDeletionVectors", "true")
                .doesNotContainKey("delta.enableTypeWidening")
                .containsEntry("owner", "us");
        assertThat(directory.resolve("shop/orders/_delta_log/00000000000000000000.crc"))
                .exists();
    }

    @Test
    void whoLosesTheRaceToCreateATableIsGivenTheWinners() {
        create(ID_AND_NAME);

        DeltaTable second = create(struct(column("_id", ScalarType.STRING)));

        assertThat(second.snapshot().columns()).isEqualTo(ID_AND_NAME);
    }

    @Test
    void anUnknownPropertyIsRefusedByName() {
        assertThatThrownBy(() -> tables.create(location(), ID_AND_NAME, Map.of("delta.autoOptimize.x", "true")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("delta.autoOptimize.x");
    }

    @Test
    void appendedRowsAreReadBackWithTheirPositionsAndTags() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file;
        try (DataFileWriter writer = table.writer(ID_AND_NAME, Map.of("cdcdelta.topic", "t"))) {
            assertThat(writer.write(row(1L, "a"))).isZero();
            assertThat(writer.write(row(2L, null))).isEqualTo(1);
            file = writer.finish();
        }

        TableSnapshot snapshot = table.commit(append(table, file));

        assertThat(snapshot.version()).isEqualTo(1);
        assertThat(snapshot.files()).containsOnlyKeys(file.path());
        assertThat(snapshot.files().get(file.path())).isEqualTo(file);
        assertThat(file.rowCount()).isEqualTo(2);
        assertThat(file.tags()).isEqualTo(Map.of("cdcdelta.topic", "t"));
        assertThat(rows(table)).containsExactly(plain(row(1L, "a")), plain(row(2L, null)));
        assertThat(reopened().snapshot()).isEqualTo(snapshot);
        assertThat(rows(reopened())).isEqualTo(rows(table));
    }

    @Test
    void everyColumnTypeSurvivesTheRoundTrip() throws LostRaceException {
        List<dev.cdcdelta.sink.schema.Column> leaves = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        Map.ofEntries(
                        Map.entry(ScalarType.BOOLEAN, (Object) true),
                        Map.entry(ScalarType.INT32, Integer.MIN_VALUE),
                        Map.entry(ScalarType.INT64, Long.MAX_VALUE),
                        Map.entry(ScalarType.FLOAT, -0.0f),
                        Map.entry(ScalarType.DOUBLE, Double.NaN),
                        Map.entry(ScalarType.STRING, "Grüße 😀"),
                        Map.entry(ScalarType.OBJECT_ID, "507f1f77bcf86cd799439011"),
                        Map.entry(ScalarType.UUID, "c0ffee00-0000-0000-0000-000000000000"),
                        Map.entry(ScalarType.DECIMAL128, "1E+6144"),
                        Map.entry(ScalarType.BINARY, new byte[] {0, -1}),
                        Map.entry(ScalarType.DATE, -1L),
                        Map.entry(ScalarType.JSON, "{}"))
                .forEach((type, value) -> {
                    leaves.add(column("c_" + type, type));
                    values.add(value);
                });
        for (int precision : List.of(9, 18, 38)) {
            leaves.add(column("d_" + precision, new DecimalType(precision, 2)));
            values.add(new BigDecimal("-" + "9".repeat(precision)).movePointLeft(2));
        }
        ColumnType.Struct leafColumns = new ColumnType.Struct(leaves);
        Object[] leafValues = values.toArray();
        ColumnType.Array arrays = new ColumnType.Array(new ColumnType.Array(new ColumnType.Leaf(ScalarType.OBJECT_ID)));
        ColumnType.Struct columns = struct(
                column("s", leafColumns),
                column("structs", new ColumnType.Array(leafColumns)),
                column("arrays", arrays),
                column("none", ScalarType.STRING));
        Object[] row = row(
                leafValues,
                Arrays.asList(leafValues, null, new Object[leafValues.length]),
                Arrays.asList(List.of(), null, Arrays.asList("x", null)),
                null);
        DeltaTable table = create(columns);

        table.commit(append(table, write(table, columns, row, new Object[4])));

        assertThat(rows(reopened())).containsExactly(Tables.plain(row), Arrays.asList(null, null, null, null));
        assertThat(reopened().snapshot().columns()).isEqualTo(columns);
    }

    @Test
    void deletedRowsAreGoneAndTheFileStays() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"), row(3L, "c"));
        table.commit(append(table, file));

        table.commit(delete(table, file, 1));
        table.commit(delete(table, file, 0));

        assertThat(rows(table)).containsExactly(List.of(3L, "c"));
        assertThat(live(reopened(), file).deletedRowCount()).isEqualTo(2);
        assertThat(reopened().deletedPositions(file)).isEqualTo(Roaring64Bitmap.bitmapOf(0, 1));
        assertThat(rows(reopened())).containsExactly(List.of(3L, "c"));
    }

    @Test
    void aFileWithoutLiveRowsLeavesTheTable() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, file));
        table.commit(delete(table, file, 0));

        table.commit(delete(table, file, 1));

        assertThat(table.snapshot().files()).isEmpty();
        assertThat(reopened().snapshot().files()).isEmpty();
    }

    @Test
    void aRowCanDieInTheCommitThatAddsItsFile() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(1L, "b"));

        table.commit(new TableCommit(
                ID_AND_NAME, List.of(file), Map.of(file.path(), Roaring64Bitmap.bitmapOf(0)), Map.of()));

        assertThat(rows(reopened())).containsExactly(List.of(1L, "b"));
    }

    @Test
    void aFileThatIsNotLiveCannotLoseRows() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
        table.commit(append(table, file));
        table.commit(delete(table, file, 0));

        assertThatThrownBy(() -> table.commit(delete(table, file, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.path());
    }

    @Test
    void aPositionBeyondTheFileIsRefused() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));
        table.commit(append(table, file));

        assertThatThrownBy(() -> table.commit(delete(table, file, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("position 1");
    }

    @Test
    void offsetsOfSeveralPartitionsTravelInOneCommit() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);

        table.commit(offsets(table, Map.of("c|t|0", 5L, "c|t|1", 7L)));
        table.commit(offsets(table, Map.of("c|t|1", 9L)));

        assertThat(table.snapshot().transactions()).isEqualTo(Map.of("c|t|0", 5L, "c|t|1", 9L));
        assertThat(reopened().snapshot().transactions())
                .isEqualTo(table.snapshot().transactions());
    }

    @Test
    void whoCommitsOnAnOldSnapshotLosesTheRaceAndCanRetry() throws LostRaceException {
        DeltaTable first = create(ID_AND_NAME);
        DeltaTable second = reopened();
        first.commit(append(first, write(first, ID_AND_NAME, row(1L, "a"))));
        DataFile file = write(second, ID_AND_NAME, row(2L, "b"));

        assertThatThrownBy(() -> second.commit(append(second, file)))
                .isInstanceOf(LostRaceException.class)
                .hasMessageContaining("version 1");

        assertThat(second.refresh().version()).isEqualTo(1);
        second.commit(append(second, file));
        assertThat(rows(second)).containsExactlyInAnyOrder(List.of(1L, "a"), List.of(2L, "b"));
        assertThat(first.refresh()).isEqualTo(second.snapshot());
    }

    @Test
    void theHistoryTellsWhatEachCommitDid() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        table.commit(append(table, file));
        table.commit(delete(table, file, 0));

        List<CommitSummary> history = table.history(2);

        assertThat(history).extracting(CommitSummary::version).containsExactly(2L, 1L);
        assertThat(history).extracting(CommitSummary::operation).containsOnly("WRITE");
        assertThat(history.get(0).information()).containsEntry("numDeletedRows", "1");
        assertThat(history.get(1).information()).containsEntry("numOutputRows", "2");
        assertThat(table.history(10)).hasSize(3);
    }

    @Test
    void anAbandonedFileLeavesNothingBehind() {
        DeltaTable table = create(ID_AND_NAME);

        try (DataFileWriter writer = table.writer(ID_AND_NAME, Map.of())) {
            writer.write(row(1L, "a"));
        }

        assertThat(directory.resolve("shop/orders")).isDirectoryNotContaining("glob:**.{parquet,tmp}");
    }

    @Test
    void checkpointsDoNotChangeTheState() throws LostRaceException {
        DeltaTable table = create(ID_AND_NAME);
        for (long i = 1; i <= 25; i++) {
            DataFile file = write(table, ID_AND_NAME, row(i, "a"), row(-i, "b"));
            table.commit(append(table, file));
            if (i % 3 == 0) {
                table.commit(delete(table, file, 1));
            }
            table.commit(offsets(table, Map.of("c|t|" + i % 4, i)));
        }

        assertThat(directory.resolve("shop/orders/_delta_log/00000000000000000010.checkpoint.parquet"))
                .exists();
        assertThat(reopened().snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened())).hasSize(50 - 8);
    }

    @Test
    void aTableWithoutChecksumsIsGivenThem() throws LostRaceException, IOException {
        DeltaTable table = create(ID_AND_NAME);
        table.commit(append(table, write(table, ID_AND_NAME, row(1L, "a"))));
        Path log = directory.resolve("shop/orders/_delta_log");
        Files.delete(log.resolve("00000000000000000000.crc"));
        Files.delete(log.resolve("00000000000000000001.crc"));

        DeltaTable reopened = reopened();
        for (long id = 2; id <= 3; id++) {
            reopened.commit(append(reopened, write(reopened, ID_AND_NAME, row(id, "a"))));
        }

        assertThat(log.resolve("00000000000000000002.crc")).exists();
        assertThat(log.resolve("00000000000000000003.crc")).exists();
        assertThat(rows(reopened())).hasSize(3);
    }

    @Test
    void everyVersionHasItsChecksumAfterALostRaceAmongDeletionVectorsToo() throws LostRaceException {
        DeltaTable first = create(ID_AND_NAME);
        DataFile file = write(first, ID_AND_NAME, row(1L, "a"), row(2L, "b"));
        first.commit(append(first, file, write(first, ID_AND_NAME, row(3L, "c"))));
        DeltaTable second = reopened();
        first.commit(delete(first, file, 0));
        DataFile late = write(second, ID_AND_NAME, row(4L, "d"));
        assertThatThrownBy(() -> second.commit(append(second, late))).isInstanceOf(LostRaceException.class);
        second.refresh();
        second.commit(append(second, late));
        second.commit(append(second, write(second, ID_AND_NAME, row(5L, "e"))));
        second.commit(delete(second, live(second, late), 0));

        for (int version = 0; version <= 5; version++) {
            assertThat(directory.resolve("shop/orders/_delta_log/0000000000000000000" + version + ".crc"))
                    .exists();
        }
    }

    @Test
    void aFileThatNoCommitTakesIsDiscarded() {
        DeltaTable table = create(ID_AND_NAME);
        DataFile file = write(table, ID_AND_NAME, row(1L, "a"));

        table.discard(file);

        assertThat(directory.resolve("shop/orders").resolve(file.path())).doesNotExist();
        assertThatThrownBy(() -> table.commit(append(table, file))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTableWithMappedColumnNamesIsNeitherReadNorWritten() {
        DeltaTable table = tables.create(location(), ID_AND_NAME, Map.of("delta.columnMapping.mode", "name"));

        assertThatThrownBy(table::requireWritable)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("delta.columnMapping.mode");
        assertThatThrownBy(() -> table.read(new DataFile("f", 1, 1, 0, "", Map.of()), List.of("_id")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("delta.columnMapping.mode");
    }
}
