package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Another writer commits after the stored rows have been read for updates, and before the commit of what was made of them. */
class UpdatesInRacesTest {
    @TempDir
    Path directory;

    private SinkRig rig;
    private @Nullable Runnable inMidCommit;
    private final List<String> reported = new ArrayList<>();

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory).with("update.mode", "apply");
    }

    private FakeRuntime task() {
        Committer interrupted = (table, commit) -> {
            Runnable other = inMidCommit;
            inMidCommit = null;
            if (other != null) {
                other.run();
            }
            return table.commit(commit);
        };
        FakeRuntime task = rig.unstarted(interrupted);
        task.reporter = (record, error) -> {
            reported.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(P0);
    }

    private void flushAmid(FakeRuntime task, Runnable other) {
        task.pollAll();
        inMidCommit = other;
        rig.clock.advance(Duration.ofMinutes(1));
        task.poll(0);
        task.sink();
        assertThat(inMidCommit).as("the other one came in between").isNull();
    }

    @Test
    void theRowIsReadAgainWhereAnotherProgramChangedIt() {
        rig.source.insert("a", "\"n\":1,\"m\":1,\"list\":[1]").insert("b", "\"m\":1");
        FakeRuntime task = task();
        task.sink();
        rig.source.update("a", "\"n\":2,\"list.1\":2", 2).update("a", "\"k.x\":true", 3);
        flushAmid(task, () -> rewrite(row -> with(row, "m", 7)));
        rig.table.hasRows("a: k={x=true} list=[1, 2] m=7 n=2", "b: m=7");
        assertThat(task.counters().rewinds()).as("the batch was kept").isZero();
    }

    @Test
    void anUpdateOfARowThatAnotherProgramDeletesIsReported() {
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1");
        FakeRuntime task = task();
        task.sink();
        rig.source.update("a", "\"n\":2", 2).update("b", "\"n\":2", 2);
        flushAmid(task, () -> rewrite(row -> isOf(row, "a") ? null : row.values()));
        rig.table.hasRows("b: n=2");
        assertThat(reported).singleElement().asString().contains("offset 2", "does not hold the document");
    }

    @Test
    void aColumnThatAnotherTaskAddsIsKept() {
        rig.source.insert("a", "\"n\":1");
        FakeRuntime task = task();
        task.sink();
        rig.source.update("a", "\"n\":2,\"x\":1", 2);
        flushAmid(task, () -> {
            // The other partition of the topic is another task's.
            rig.source(P1).upsert("z", "\"x\":\"text\",\"y\":1", 1);
            FakeRuntime stranger = rig.task(P1);
            stranger.pollAll();
            stranger.sink();
            stranger.stop();
        });
        rig.table.hasRows("a: n=2 x__json={\"$numberInt\":\"1\"}", "z: x=text y=1");
    }

    /** Both hold the same updates, of which the one has fewer. What is in the table already is not applied again. */
    @Test
    void anotherOwnersCommitSendsTheLoserBackToItsOffsets() {
        rig.source.insert("a", "\"n\":1,\"list\":[1,2,3]");
        FakeRuntime loser = task();
        loser.sink();
        FakeRuntime winner = task();
        rig.source
                .update("a", "\"list.3\":4", 2)
                .update("a", "\"n\":3", List.of("list"), 3)
                .update("a", "\"list\":[9]", 4);
        // The insert is read again, with two of the updates.
        winner.poll(3);
        flushAmid(loser, () -> {
            rig.clock.advance(Duration.ofMinutes(1));
            winner.poll(0);
            rig.table.hasRows("a: n=3");
        });
        loser.sink();
        rig.table.hasRows("a: list=[9] n=3");
        assertThat(loser.counters().rewinds()).isEqualTo(1);
        assertThat(rig.table.snapshot().transactions()).containsEntry("sink|mongo.shop.orders|0", rig.topics.end(P0));
        assertThat(reported).isEmpty();
    }

    private record Stored(List<String> names, @Nullable Object[] values) {}

    private static boolean isOf(Stored row, String id) {
        return id.equals(row.values()[row.names().indexOf(CdcColumns.ID)]);
    }

    private static @Nullable Object[] with(Stored row, String column, Object value) {
        @Nullable Object[] changed = row.values().clone();
        changed[row.names().indexOf(column)] = value;
        return changed;
    }

    /** What UPDATE or DELETE of another program does: all rows come into one new file, changed; null ones do not. */
    private void rewrite(Function<Stored, @Nullable Object @Nullable []> change) {
        DeltaTable table = rig.table.table().orElseThrow();
        TableSnapshot snapshot = table.snapshot();
        List<String> names =
                snapshot.columns().columns().stream().map(Column::name).toList();
        Map<String, Roaring64Bitmap> kills = new HashMap<>();
        try (DataFileWriter writer = table.writer(snapshot.columns(), Map.of())) {
            for (DataFile file : snapshot.files().values()) {
                Roaring64Bitmap positions = new Roaring64Bitmap();
                try (CloseableIterator<StoredRow> rows = table.read(file, names)) {
                    while (rows.hasNext()) {
                        StoredRow row = rows.next();
                        positions.addLong(row.position());
                        @Nullable Object[] changed = change.apply(new Stored(names, row.values()));
                        if (changed != null) {
                            writer.write(changed);
                        }
                    }
                }
                kills.put(file.path(), positions);
            }
            table.commit(new TableCommit(snapshot.columns(), List.of(writer.finish()), kills, Map.of()));
        } catch (LostRaceException e) {
            throw new IllegalStateException(e);
        }
    }
}
