package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.SchemaEvolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Updates whose events carry no document. */
class UpdatesTest {
    @TempDir
    Path directory;

    SinkRig rig;
    final List<String> reported = new ArrayList<>();
    private @Nullable Runnable inMidCommit;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory).with("update.mode", "apply");
    }

    private FakeRuntime reportingTask(TopicPartition... partitions) {
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            reported.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(partitions);
    }

    @Test
    void anUpdateIsAppliedToTheStoredRow() {
        rig.source.insert("a", "\"n\":1,\"in\":{\"x\":1,\"y\":2},\"list\":[1,2]");
        FakeRuntime task = rig.task(P0);
        task.sink();
        rig.source.update("a", "\"n\":2,\"in.x\":5,\"list.2\":3,\"new\":\"s\"", List.of("in.y"), 2);
        task.sink();
        rig.table.hasRows("a: in={x=5} list=[1, 2, 3] n=2 new=s").hasVersion(2);
    }

    /** The other one comes in between, once: after the look at the table, before the commit. */
    private Committer interrupted() {
        return (table, commit) -> {
            Runnable other = inMidCommit;
            inMidCommit = null;
            if (other != null) {
                other.run();
            }
            return table.commit(commit);
        };
    }

    @Test
    void afterALostRaceTheRowIsReadAgainAsItIsByThen() {
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1");
        FakeRuntime task = rig.task(interrupted(), P0);
        task.sink();
        rig.source.update("a", "\"m\":2", 2);
        inMidCommit = () -> replaceRows("n", 9);
        task.sink();
        assertThat(inMidCommit).as("the other writer came in between").isNull();
        rig.table.hasRows("a: m=2 n=9", "b: n=9").hasVersion(3);
        assertThat(task.counters().rewinds()).as("flushes given up").isZero();
    }

    @Test
    void ofTwoOwnersOneAppliesTheUpdatesAndTheOtherReadsAgain() {
        rig.source.insert("a", "\"n\":1,\"list\":[1]");
        FakeRuntime loser = rig.task(interrupted(), P0);
        loser.sink();
        FakeRuntime winner = rig.task(P0);
        rig.source.update("a", "\"n\":2,\"list.1\":2", 2).update("a", "\"m\":3", List.of("n"), 3);
        winner.pollAll();
        inMidCommit = winner::sink;
        loser.sink();
        assertThat(inMidCommit).as("the other owner came in between").isNull();
        assertThat(loser.counters().rewinds()).as("flushes given up").isPositive();
        loser.sink();
        rig.table.hasRows("a: list=[1, 2] m=3").hasVersion(2);
        rig.source.update("a", "\"list.2\":3", 4);
        loser.sink();
        rig.table.hasRows("a: list=[1, 2, 3] m=3");
    }

    @Test
    void anUpdateOfARowThatAnotherProgramDeletesMeanwhileIsReported() {
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1");
        FakeRuntime task = rig.unstarted(interrupted());
        List<String> dead = task.reporting();
        task.start(P0).sink();
        rig.source.update("a", "\"n\":2", 2).update("b", "\"n\":2", 2);
        inMidCommit = () -> rewriteRows(row -> "a".equals(row.get("_id")) ? null : row);
        task.sink();
        assertThat(inMidCommit).as("the other writer came in between").isNull();
        rig.table.hasRows("b: n=2");
        assertThat(dead).singleElement().asString().contains("offset 2", "does not hold the document");
    }

    @Test
    void aColumnThatAnotherTaskAddsMeanwhileIsKept() {
        rig.source.insert("a", "\"n\":1");
        FakeRuntime task = rig.task(interrupted(), P0);
        task.sink();
        rig.source.update("a", "\"n\":2,\"x\":1", 2);
        inMidCommit = () -> {
            rig.source(P1).upsert("z", "\"x\":\"text\",\"y\":1", 1);
            rig.task(P1).sink();
        };
        task.sink();
        assertThat(inMidCommit).as("the other task came in between").isNull();
        rig.table.hasRows("a: n=2 x__json={\"$numberInt\":\"1\"}", "z: x=text y=1");
    }

    private void replaceRows(String column, Object value) {
        rewriteRows(row -> {
            row.put(column, value);
            return row;
        });
    }

    /** Another program's UPDATE or DELETE of all rows: a file takes the place of the others; rows for which nothing comes back are gone. */
    private void rewriteRows(Function<Map<String, Object>, @Nullable Map<String, Object>> change) {
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
                        Map<String, Object> changed = change.apply(byName(names, row.values()));
                        if (changed != null) {
                            writer.write(names.stream().map(changed::get).toArray());
                        }
                    }
                }
                kills.put(file.path(), positions);
            }
            table.commit(new TableCommit(snapshot.columns(), List.of(writer.finish()), kills, Map.of()));
        } catch (LostRaceException e) {
            throw new AssertionError("nobody else commits", e);
        }
    }

    private static Map<String, Object> byName(List<String> names, @Nullable Object[] values) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(names.get(i), values[i]);
        }
        return row;
    }

    @Test
    void severalUpdatesOfOneFlushBuildOnEachOther() {
        rig.source.insert("stored", "\"n\":1").insert("deleted", "\"n\":1");
        FakeRuntime task = rig.task(P0);
        task.sink();
        rig.source
                .update("stored", "\"a.b\":1", 2)
                .update("stored", "\"a.c\":2", List.of("n"), 3)
                .insert("new", "\"n\":7")
                .update("new", "\"m\":8", 4)
                .update("deleted", "\"n\":9", 5)
                .delete("deleted", 6);
        task.sink();
        rig.table.hasRows("stored: a={b=1, c=2}", "new: m=8 n=7");
    }

    @Test
    void anOlderUpdateIsStaleAndOneOfTheSameVersionIsNot() {
        rig.source.upsert("a", "\"n\":1,\"m\":1", 5);
        FakeRuntime task = rig.task(P0);
        task.sink();
        rig.source.update("a", "\"n\":0", 4).update("a", "\"m\":2", 5);
        task.sink();
        rig.table.hasRows("a: m=2 n=1");
    }

    @Test
    void aValueThatDoesNotFitItsColumnGoesByTheConflictPolicy() {
        rig.source.insert("a", "\"n\":1");
        FakeRuntime task = rig.task(P0);
        task.sink();
        rig.source.update("a", "\"n\":\"text\"", 2);
        task.sink();
        rig.table.hasRows("a: n__json=\"text\"");
    }

    @Test
    void aConflictThatThePolicyRefusesIsReportedAndHarmsOnlyItself() {
        rig.with("conflict.policy", "dlq");
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1");
        FakeRuntime task = reportingTask(P0);
        task.sink();
        rig.source.update("a", "\"n\":\"text\"", 2).update("a", "\"m\":3", 3).update("b", "\"n\":2", 3);
        task.sink();
        rig.table.hasRows("a: m=3 n=1", "b: n=2");
        assertThat(reported).singleElement().asString().contains("offset 2", "Field 'n'");
    }

    @Test
    void anUpdateOfADocumentThatTheTableDoesNotHoldIsReported() {
        rig.source.insert("a", "\"n\":1").update("missing", "\"n\":2", 2).update("missing", "\"n\":3", 3);
        reportingTask(P0).sink();
        rig.table.hasRows("a: n=1");
        assertThat(reported).hasSize(2);
        assertThat(reported.get(0))
                .contains("Table file:" + directory + "/shop/orders")
                .contains("topic mongo.shop.orders, partition 0, offset 1")
                .contains("does not hold the document")
                .contains("incremental snapshot");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 3L);

        reportingTask(P0).sink();
        assertThat(reported).as("after a restart").hasSize(2);
    }

    @Test
    void withoutAReporterTheTaskStopsAndNothingIsWritten() {
        rig.source.insert("a", "\"n\":1").update("missing", "\"n\":2", 2);
        FakeRuntime task = rig.task(P0);
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("topic mongo.shop.orders, partition 0, offset 1")
                .hasMessageContaining("errors.tolerance=all");
        rig.table.isAbsentOrEmpty();
    }

    @Test
    void anUpdateIsReportedAlsoWhereThereIsNoTableYet() {
        rig.source.update("a", "\"n\":2", 2);
        reportingTask(P0).sink();
        rig.table.isAbsent();
        assertThat(reported).singleElement().asString().contains("offset 0", "does not hold the document");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hard", "soft"})
    void anUpdateOfADeletedDocumentIsReported(String deletes) {
        rig.with("delete.mode", deletes);
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1").delete("b", 2);
        FakeRuntime task = reportingTask(P0);
        task.sink();
        rig.source.update("b", "\"n\":2", 3).delete("a", 4).update("a", "\"n\":5", 5);
        task.sink();
        assertThat(rig.table.rows(true).toString()).doesNotContain("n=2", "n=5");
        assertThat(reported).hasSize(2);
        assertThat(String.join("|", reported)).contains("offset 4", "offset 7");
    }

    @Test
    void aSoftDeleteKeepsTheUpdatedImage() {
        rig.with("delete.mode", "soft");
        rig.source.insert("a", "\"n\":1");
        FakeRuntime task = reportingTask(P0);
        task.sink();
        rig.source
                .update("a", "\"n\":2", 2)
                .delete("a", 3)
                .update("missing", "\"n\":1", 2)
                .delete("missing", 3);
        task.sink();
        assertThat(rig.table.rows(true))
                .anyMatch(row -> row.contains("a:") && row.contains("_cdc_deleted=true") && row.contains("n=2"))
                .anyMatch(row -> row.contains("missing:") && row.contains("_cdc_deleted=true") && !row.contains("n="));
        assertThat(reported).as("the image of a document that was not there").hasSize(1);
    }

    @Test
    void eachUpdateIsAVersionOfItsOwn() {
        rig.with("write.mode", "history");
        rig.source.insert("a", "\"n\":1,\"m\":1");
        FakeRuntime task = reportingTask(P0);
        task.sink();
        rig.source
                .update("a", "\"n\":2", 2)
                .update("a", "\"m\":2", 3)
                .delete("a", 4)
                .update("a", "\"n\":9", 5);
        task.sink();
        rig.table.hasRows("a: m=1 n=1", "a: m=1 n=2", "a: m=2 n=2");
        assertThat(reported).singleElement().asString().contains("offset 5");
    }

    @Test
    void asBeforeUpdatesAreLeftOutUnlessTheyAreToBeApplied() {
        rig.with("update.mode", "lookup");
        rig.source.insert("a", "\"n\":1").update("a", "\"n\":2", 2);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=1");
    }

    @Test
    void theTransformHandsUpdatesOn() {
        rig.source.insert("a", "\"n\":1").update("a", "\"n\":2", 2);
        transform(Map.of(SchemaEvolution.UPDATE_MODE, "apply"));
        rig.task(P0).sink();
        rig.table.hasRows("a: n=2");
    }

    @Test
    void whatTheTransformHandsOnIsRefusedWhereItIsNotToBeApplied() {
        rig.with("update.mode", "lookup");
        rig.source.insert("a", "\"n\":1").update("a", "\"n\":2", 2);
        transform(Map.of(SchemaEvolution.UPDATE_MODE, "apply"));
        reportingTask(P0).sink();
        rig.table.hasRows("a: n=1");
        assertThat(reported).singleElement().asString().contains("'update.mode'", "in the connector too");
    }

    private void transform(Map<String, String> settings) {
        SchemaEvolution.Value<SinkRecord> transform = new SchemaEvolution.Value<>();
        transform.configure(settings);
        List<SinkRecord> records = rig.topics.read(P0, 0, Integer.MAX_VALUE);
        rig.topics.recreate(P0);
        for (SinkRecord record : records) {
            SinkRecord typed = requireNonNull(transform.apply(record));
            rig.topics.append(P0, null, typed.key(), typed.valueSchema(), typed.value(), typed.headers());
        }
    }
}
