package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableDefinition;
import dev.cdcdelta.sink.table.TableMaintenance;
import dev.cdcdelta.sink.table.storage.InProcessS3;
import dev.cdcdelta.sink.table.storage.LocalFiles;
import dev.cdcdelta.sink.table.storage.ObjectStoreFiles;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import dev.cdcdelta.smt.schema.ScalarType;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostCommitTest {
    private static final ColumnType.Struct ID =
            new ColumnType.Struct(List.of(new Column("_id", "_id", new ColumnType.Leaf(ScalarType.INT64))));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aCheckpointThatBreaksOffIsNotPublished() throws Exception {
        String location = "file:" + directory + "/table";
        expectNoCheckpoint(location, new LocalFiles(), new IllegalStateException("broken off"));
        expectNoCheckpoint(location + "2", new LocalFiles(), new StackOverflowError("broken off"));

        assertThat(directory.resolve("table/_delta_log")).isDirectoryNotContaining("glob:**.tmp");
        assertThat(directory.resolve("table2/_delta_log")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aCheckpointThatBreaksOffIsNotUploaded() throws Exception {
        try (InProcessS3 server = new InProcessS3("lake");
                ObjectStoreFiles files = ObjectStoreFiles.open(URI.create("s3a://lake"), server.options())) {
            expectNoCheckpoint("s3a://lake/table", files, new IllegalStateException("broken off"));
            expectNoCheckpoint("s3a://lake/table2", files, new StackOverflowError("broken off"));
        }
    }

    private static void expectNoCheckpoint(String location, WarehouseFiles files, Throwable failure) throws Exception {
        TableRoom room = new TableRoom(
                location,
                files,
                DefaultEngine.create(files),
                Clock.systemUTC(),
                TableMaintenance.sameThread(),
                new Patience(List.of()));
        KernelTable table = TableCreation.create(room, TableDefinition.of(ID, Map.of()));
        for (long offset = 1; offset <= 3; offset++) {
            commit(table, offset);
        }
        FilePacker packer = new FilePacker();
        FaultyEngine engine = new FaultyEngine(room.engine());
        engine.breakOffReading(failure);
        CheckpointWriter writer = new CheckpointWriter(
                new TableRoom(location, files, engine, room.clock(), room.maintenance(), room.patience()),
                new LogReader(room.engine(), files, location, new LogTail(files, location, packer), packer));

        assertThatThrownBy(() -> writer.write(3)).hasStackTraceContaining("broken off");

        assertThat(log(files, location)).hasSizeGreaterThanOrEqualTo(4).noneMatch(name -> name.endsWith(".parquet"));
        assertThat(KernelTable.open(room).orElseThrow().view()).isEqualTo(table.view());
    }

    @Test
    void aCommitHoldsWhenItsTableCannotBeReadAgainAfterTheCheckpoint() throws Exception {
        LocalFiles files = new LocalFiles();
        FaultyEngine engine = new FaultyEngine(DefaultEngine.create(files));
        TableRoom room = new TableRoom(
                "file:" + directory + "/table",
                files,
                engine,
                Clock.systemUTC(),
                TableMaintenance.sameThread(),
                new Patience(List.of()));
        KernelTable table = TableCreation.create(
                room,
                TableDefinition.of(
                        ID, Map.of("delta.checkpointInterval", "2", "delta.enableExpiredLogCleanup", "false")));
        engine.listNothingAfterWriting("/_last_checkpoint");

        commit(table, 1);
        commit(table, 2);
        assertThat(engine.failsToList()).isTrue();
        commit(table, 3);

        assertThat(table.view().version()).isEqualTo(3);
        assertThat(KernelTable.open(new TableRoom(
                                room.location(),
                                files,
                                DefaultEngine.create(files),
                                room.clock(),
                                room.maintenance(),
                                room.patience()))
                        .orElseThrow()
                        .view())
                .isEqualTo(table.view());
    }

    private static void commit(KernelTable table, long offset) throws IOException, LostRaceException {
        table.commit(new TableCommit(ID, List.of(), Map.of(), Map.of("o", offset)), Map.of());
    }

    private static List<String> log(WarehouseFiles files, String location) throws IOException {
        List<String> names = new ArrayList<>();
        try (CloseableIterator<FileStatus> found = files.listFrom(location + "/_delta_log/0")) {
            found.forEachRemaining(file -> names.add(file.getPath()));
        }
        return names;
    }
}
