package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableMaintenance;
import dev.cdcdelta.sink.table.storage.LocalFiles;
import dev.cdcdelta.smt.schema.ScalarType;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.SingleAction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class CheckpointTest {
    private static final int REMOVE = SingleAction.CHECKPOINT_SCHEMA.indexOf("remove");

    private static final ColumnType.Struct ID =
            new ColumnType.Struct(List.of(new Column("_id", "_id", new ColumnType.Leaf(ScalarType.INT64))));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aTombstoneOfTheCheckpointBeforeIsCarriedOn() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create("file://" + directory, ID, Map.of("delta.checkpointInterval", "4"));
            DataFile dead = append(table);
            delete(table, dead);
            while (table.snapshot().version() < 12) {
                append(table);
            }

            assertThat(tombstones(4)).containsExactly(dead.path());
            assertThat(tombstones(8)).containsExactly(dead.path());
            assertThat(tombstones(12)).containsExactly(dead.path());
            assertThat(tables.open("file://" + directory).orElseThrow().snapshot())
                    .isEqualTo(table.snapshot());
        }
    }

    @Test
    void tombstonesOfTheCheckpointBeforeAreCarriedOnWithoutBeingRemembered() throws Exception {
        String location = "file://" + directory;
        try (DeltaTables tables = new DeltaTables(Map.of(), TableMaintenance.sameThread())) {
            DeltaTable table = tables.create(location, ID, Map.of("delta.checkpointInterval", "10"));
            DataFile file = append(table);
            for (long position = 0; position < 9; position++) {
                delete(table, file, position);
            }
            assertThat(table.snapshot().version()).isEqualTo(10);
            delete(table, append(table));
        }
        LocalFiles files = new LocalFiles();
        Engine engine = DefaultEngine.create(files);
        SnapshotImpl snapshot =
                (SnapshotImpl) TableManager.loadSnapshot(location).build(engine);

        try (TombstoneKeeper kept = new TombstoneKeeper(engine, snapshot.getCreateCheckpointIterator(engine), 0)) {
            int tombstones = 0;
            while (kept.hasNext()) {
                FilteredColumnarBatch batch = kept.next();
                ColumnVector removes = batch.getData().getColumnVector(REMOVE);
                ColumnVector chosen = batch.getSelectionVector().orElseThrow();
                for (int row = 0; row < removes.getSize(); row++) {
                    tombstones += chosen.getBoolean(row) && !removes.isNullAt(row) ? 1 : 0;
                }
            }

            assertThat(tombstones).isEqualTo(10);
            // A live file, and one that has come and gone since the checkpoint.
            assertThat(kept.remembered()).isEqualTo(2);
        }
    }

    @Test
    void anExpiredTombstoneIsDropped() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create(
                    "file://" + directory,
                    ID,
                    Map.of(
                            "delta.checkpointInterval",
                            "4",
                            "delta.deletedFileRetentionDuration",
                            "interval 0 seconds"));
            delete(table, append(table));
            while (table.snapshot().version() < 8) {
                append(table);
            }

            assertThat(tombstones(8)).isEmpty();
        }
    }

    @Test
    void eachVectorThatWasReplacedIsATombstoneOfItsOwn() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create("file://" + directory, ID, Map.of("delta.checkpointInterval", "4"));
            DataFile file = append(table);
            for (long position = 0; position < 7; position++) {
                delete(table, file, position);
            }

            assertThat(table.snapshot().version()).isEqualTo(8);
            assertThat(count("remove is not null", 8)).isEqualTo(7);
            assertThat(count("add is not null", 8)).isEqualTo(1);
        }
    }

    private static DataFile append(DeltaTable table) throws LostRaceException {
        try (DataFileWriter writer = table.writer(ID, Map.of())) {
            for (long row = 0; row < 10; row++) {
                writer.write(new Object[] {row});
            }
            DataFile file = writer.finish();
            table.commit(new TableCommit(ID, List.of(file), Map.of(), Map.of()));
            return file;
        }
    }

    private static void delete(DeltaTable table, DataFile file) throws LostRaceException {
        delete(table, file, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static void delete(DeltaTable table, DataFile file, long... positions) throws LostRaceException {
        table.commit(
                new TableCommit(ID, List.of(), Map.of(file.path(), Roaring64Bitmap.bitmapOf(positions)), Map.of()));
    }

    private Set<String> tombstones(long version) throws SQLException {
        Set<String> paths = new TreeSet<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select remove.path from " + checkpoint(version) + " where remove is not null")) {
            while (rows.next()) {
                paths.add(rows.getString(1));
            }
        }
        return paths;
    }

    private long count(String condition, long version) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) from " + checkpoint(version) + " where " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String checkpoint(long version) {
        return "read_parquet('" + directory + "/_delta_log/" + String.format("%020d", version)
                + ".checkpoint.parquet')";
    }
}
