package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class OtherWritersTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void rowsThatACompactionMovedAreFound() throws LostRaceException {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        task.sink();
        rig.source.upsert("c", "\"n\":1", 3);
        task.sink();
        compact();
        rig.source.upsert("a", "\"n\":2", 4).delete("c", 5);
        task.sink();
        rig.table.hasRows("a: n=2", "b: n=1");
        rig.source.upsert("b", "\"n\":2", 6);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=2", "b: n=2");
    }

    @Test
    void aRowThatSomebodyDeletedIsNotKilledTwice() throws LostRaceException {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        task.sink();
        DeltaTable table = rig.table.table().orElseThrow();
        String file = table.snapshot().files().keySet().iterator().next();
        table.commit(new TableCommit(
                table.snapshot().columns(), List.of(), Map.of(file, Roaring64Bitmap.bitmapOf(0)), Map.of()));
        rig.table.hasRows("b: n=1");
        rig.source.upsert("a", "\"n\":2", 3).upsert("b", "\"n\":2", 4);
        task.sink();
        rig.table.hasRows("a: n=2", "b: n=2");
    }

    @Test
    void filesThatNobodyTouchedAreNotReadAgain() throws LostRaceException, IOException {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        DeltaTable table = rig.table.table().orElseThrow();
        String untouched = table.snapshot().files().keySet().iterator().next();
        rig.source.upsert("b", "\"n\":1", 2).upsert("c", "\"n\":1", 3);
        task.sink();
        table.refresh();
        String touched = table.snapshot().files().keySet().stream()
                .filter(path -> !path.equals(untouched))
                .findFirst()
                .orElseThrow();
        table.commit(new TableCommit(
                table.snapshot().columns(), List.of(), Map.of(touched, Roaring64Bitmap.bitmapOf(0)), Map.of()));
        Path hidden = directory.resolve("shop/orders").resolve(untouched);
        Files.move(hidden, directory.resolve("hidden"));

        rig.source.upsert("a", "\"n\":2", 4).upsert("b", "\"n\":2", 5);
        task.sink();

        Files.move(directory.resolve("hidden"), hidden);
        rig.table.hasRows("a: n=2", "b: n=2", "c: n=1");
    }

    @Test
    void aDuplicatedKeyStopsTheTaskAndIsNamed() throws LostRaceException {
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        DeltaTable table = rig.table.table().orElseThrow();
        commit(table, copyOfAllRows(table), Map.of());
        rig.source.upsert("b", "\"n\":1", 2);
        FakeRuntime task = rig.task(P0);
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("two rows")
                .hasMessageContaining("\"a\"");
    }

    @Test
    void tasksThatRaceInParallelLoseNothing() throws Exception {
        int rounds = 15;
        rig.source(P0).upsert("start", "", 1);
        rig.task(P0).sink();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (TopicPartition partition : List.of(P0, P1)) {
                SinkRig own = new SinkRig(directory).with("compaction.enabled", "false");
                own.topics.copy(rig.topics, partition);
                tasks.add(executor.submit(() -> {
                    FakeRuntime task = own.task(partition);
                    for (int round = 1; round <= rounds; round++) {
                        own.source(partition)
                                .upsert("k" + partition.partition(), "\"n\":" + round, 100 + round)
                                .upsert("r" + partition.partition() + "-" + round, "", 100 + round);
                        task.sink();
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(rig.table.rows(false)).hasSize(2 * rounds + 3).contains("k0: n=15", "k1: n=15", "start:");
        rig.table.hasVersion(2L * rounds + 1);
    }

    /** Rewrites all rows into one file that carries no tags, as OPTIMIZE does. */
    private void compact() throws LostRaceException {
        DeltaTable table = rig.table.table().orElseThrow();
        DataFile compacted = copyOfAllRows(table);
        Map<String, Roaring64Bitmap> kills = new HashMap<>();
        for (DataFile file : table.snapshot().files().values()) {
            Roaring64Bitmap positions = new Roaring64Bitmap();
            positions.addRange(0, file.rowCount());
            positions.andNot(table.deletedPositions(file));
            kills.put(file.path(), positions);
        }
        commit(table, compacted, kills);
    }

    private static TableSnapshot commit(DeltaTable table, DataFile added, Map<String, Roaring64Bitmap> kills)
            throws LostRaceException {
        return table.commit(new TableCommit(table.snapshot().columns(), List.of(added), kills, Map.of()));
    }

    private static DataFile copyOfAllRows(DeltaTable table) {
        TableSnapshot snapshot = table.snapshot();
        List<String> names =
                snapshot.columns().columns().stream().map(Column::name).toList();
        try (DataFileWriter writer = table.writer(snapshot.columns(), Map.of())) {
            for (DataFile file : snapshot.files().values()) {
                try (CloseableIterator<StoredRow> rows = table.read(file, names)) {
                    while (rows.hasNext()) {
                        writer.write(rows.next().values());
                    }
                }
            }
            return writer.finish();
        }
    }
}
