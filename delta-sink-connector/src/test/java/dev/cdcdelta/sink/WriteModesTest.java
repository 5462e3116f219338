package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableFeature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WriteModesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "UPSERT, HARD, UPSERT, SOFT, delete.mode=hard",
        "UPSERT, SOFT, UPSERT, HARD, delete.mode=soft",
        "UPSERT, HARD, APPEND, HARD, write.mode=upsert",
        "APPEND, HARD, UPSERT, HARD, write.mode=append",
        "HISTORY, HARD, UPSERT, SOFT, write.mode=history",
        "UPSERT, SOFT, HISTORY, HARD, delete.mode=soft",
    })
    void aTableOfAnotherModeIsRefusedWithTheRemedy(
            WriteMode made, DeleteMode madeDeletes, WriteMode asked, DeleteMode askedDeletes, String remedy) {
        FeedRig rig = rig(made, madeDeletes);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        assertThatThrownBy(() -> rig(asked, askedDeletes).feeder(P0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(directory + "/table")
                .hasMessageContaining(remedy)
                .hasMessageContaining("table.name");
    }

    @ParameterizedTest
    @EnumSource(TableKind.class)
    void eachKindHasItsOwnColumns(TableKind kind) {
        FeedRig rig = rig(modeOf(kind), kind == TableKind.MARKED_DOCUMENTS ? DeleteMode.SOFT : DeleteMode.HARD);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        assertThat(rig.table.snapshot().columns().columns())
                .containsAll(kind.ownColumns())
                .extracting(Column::name)
                .filteredOn(name -> name.startsWith("_cdc_"))
                .hasSameSizeAs(kind.ownColumns());
    }

    private static WriteMode modeOf(TableKind kind) {
        return switch (kind) {
            case DOCUMENTS, MARKED_DOCUMENTS -> WriteMode.UPSERT;
            case EVENTS -> WriteMode.APPEND;
            case VERSIONS -> WriteMode.HISTORY;
        };
    }

    @Test
    void aMarkedDocumentKeepsItsLastImageAndLivesAgainWhenItIsInserted() {
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.SOFT);
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        feeder.sink();
        rig.append(P0, Documents.delete("a", at(2)));
        feeder.sink();
        assertThat(rig.table.rows(true))
                .containsExactly("a: _cdc_deleted=true _cdc_op=d _cdc_ord=0 _cdc_ts=2000 color=green n=1");
        rig.append(P0, Documents.upsert("a", at(3), Operation.CREATE, 0, 2));
        feeder.sink();
        assertThat(rig.table.rows(true))
                .containsExactly("a: _cdc_deleted=false _cdc_op=c _cdc_ord=0 _cdc_ts=3000 color=red n=2");
    }

    @Test
    void aMarkedDocumentOutdatesOlderChangesAfterARestartToo() {
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.SOFT);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        rig.append(P0, Documents.delete("a", at(5)));
        rig.feeder(P0).sink();
        rig.append(P0, Documents.upsert("a", at(4), Operation.UPDATE, 0, 2));
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true)).singleElement().asString().contains("_cdc_deleted=true", "n=1");
    }

    @Test
    void aDeleteOfADocumentThatNeverCameLeavesItsKeyMarked() {
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.SOFT);
        rig.append(P0, Documents.delete("a", at(2)));
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true)).containsExactly("a: _cdc_deleted=true _cdc_op=d _cdc_ord=0 _cdc_ts=2000");
    }

    @Test
    void aLoneTombstoneMarksTheDocumentWithTheTimeThatIsKnown() {
        FeedRig rig = rig(WriteMode.UPSERT, DeleteMode.SOFT);
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        feeder.sink();
        rig.append(P0, Documents.delete("a", SourceVersion.UNKNOWN));
        feeder.sink();
        assertThat(rig.table.rows(true))
                .containsExactly("a: _cdc_deleted=true _cdc_op=d _cdc_ord=0 _cdc_ts=1000 color=green n=1");
    }

    @Test
    void anAppendTableTellsDeletesByKeyAndPlaceAlone() {
        FeedRig rig = rig(WriteMode.APPEND, DeleteMode.HARD);
        rig.append(P0, Documents.delete("a", at(2)));
        rig.append(P0, Documents.upsert("a", at(3), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true))
                .containsExactlyInAnyOrder(
                        "a: _cdc_offset=0 _cdc_op=d _cdc_ord=0 _cdc_partition=0 _cdc_topic=t _cdc_ts=2000",
                        "a: _cdc_offset=1 _cdc_op=c _cdc_ord=0 _cdc_partition=0 _cdc_topic=t _cdc_ts=3000 color=green n=1");
    }

    @Test
    void aVersionThatTheStreamOvertakesBackwardsHasLastedNoTime() {
        FeedRig rig = rig(WriteMode.HISTORY, DeleteMode.HARD);
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", new SourceVersion(9, -1), Operation.READ, 0, 1));
        feeder.sink();
        rig.append(P0, Documents.upsert("a", at(5), Operation.UPDATE, 0, 2));
        feeder.sink();
        assertThat(rig.table.rows(true))
                .hasSize(2)
                .anySatisfy(row -> assertThat(row)
                        .contains("_cdc_is_current=false", "_cdc_valid_from=9000 _cdc_valid_to=9000", "n=1"));
        assertThat(rig.table.rows(true))
                .anySatisfy(
                        row -> assertThat(row).contains("_cdc_is_current=true", "_cdc_valid_from=5000 color", "n=2"));
    }

    @Test
    void aDeleteOfADocumentWithoutHistoryLeavesNone() {
        FeedRig rig = rig(WriteMode.HISTORY, DeleteMode.HARD);
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("b", at(1), Operation.CREATE, 0, 1));
        rig.append(P0, Documents.delete("a", at(2)));
        feeder.sink();
        assertThat(rig.table.rows(true)).singleElement().asString().startsWith("b:");
    }

    @Test
    void copyOnWriteLeavesTablesThatReadersWithoutDeletionVectorsRead() {
        WritePolicy policy = new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.COPY_ON_WRITE);
        FeedRig rig = new FeedRig(directory, new TableDesign(policy, List.of(), List.of()), Map.of());
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        rig.append(P0, Documents.upsert("b", at(1), Operation.CREATE, 0, 1));
        feeder.sink();
        rig.append(P0, Documents.upsert("a", at(2), Operation.UPDATE, 0, 2));
        feeder.sink();
        rig.append(P0, Documents.delete("b", at(3)));
        feeder.sink();
        assertThat(rig.table.rows(false)).containsExactly("a: color=red n=2");
        assertThat(rig.table.snapshot().has(TableFeature.DELETION_VECTORS)).isFalse();
        assertThat(rig.table.snapshot().files().values()).allMatch(file -> file.deletedRowCount() == 0);
        assertThatThrownBy(() -> rig(WriteMode.UPSERT, DeleteMode.HARD).feeder(P0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("copy-on-write")
                .hasMessageContaining("delta.enableDeletionVectors");
    }

    @Test
    void copyOnWriteRemembersDeletesToo() {
        WritePolicy policy = new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.COPY_ON_WRITE);
        FeedRig rig = new FeedRig(directory, new TableDesign(policy, List.of(), List.of()), Map.of());
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        feeder.sink();
        rig.append(P0, Documents.delete("a", at(5)));
        feeder.sink();
        rig.append(P0, Documents.upsert("a", at(4), Operation.UPDATE, 0, 2));
        feeder.sink();
        assertThat(rig.table.rows(false)).isEmpty();
    }

    @Test
    void copyOnWriteTakesOverATableWithDeletionVectors() {
        FeedRig marked = rig(WriteMode.UPSERT, DeleteMode.HARD);
        FeedRig.Feeder marking = marked.feeder(P0);
        for (String id : List.of("a", "b", "c")) {
            marked.append(P0, Documents.upsert(id, at(1), Operation.CREATE, 0, 1));
        }
        marking.sink();
        marked.append(P0, Documents.delete("a", at(2)));
        marking.sink();
        WritePolicy policy = new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.COPY_ON_WRITE);
        FeedRig copied = new FeedRig(directory, new TableDesign(policy, List.of(), List.of()), Map.of());
        marked.copyLogTo(copied);
        copied.append(P0, Documents.delete("b", at(3)));
        copied.feeder(P0).sink();
        assertThat(copied.table.rows(false)).containsExactly("c: color=green n=1");
        assertThat(copied.table.snapshot().files().values().stream().filter(file -> !DeletesFiles.isOne(file)))
                .hasSize(1)
                .allMatch(file -> file.deletedRowCount() == 0);
    }

    @Test
    void anAppendTableHasNoDeletionVectors() {
        FeedRig rig = rig(WriteMode.APPEND, DeleteMode.HARD);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        assertThat(rig.table.snapshot().has(TableFeature.DELETION_VECTORS)).isFalse();
    }

    @Test
    void aRowWhosePartitionValueChangesMoves() {
        TableDesign design = new TableDesign(WritePolicy.DEFAULT, List.of("color"), List.of());
        FeedRig rig = new FeedRig(directory, design, Map.of());
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        rig.append(P0, Documents.upsert("b", at(1), Operation.CREATE, 0, 2));
        feeder.sink();
        assertThat(rig.table.snapshot().files().values())
                .extracting(DataFile::partition)
                .containsExactlyInAnyOrder(Map.of("color", Optional.of("green")), Map.of("color", Optional.of("red")));
        rig.append(P0, Documents.upsert("a", at(2), Operation.UPDATE, 0, 3));
        feeder.sink();
        assertThat(rig.table.rows(false)).containsExactly("a: color=blue n=3", "b: color=red n=2");
    }

    @Test
    void aPartitionColumnThatNoDocumentHasStopsTheTask() {
        TableDesign design = new TableDesign(WritePolicy.DEFAULT, List.of("colour"), List.of());
        FeedRig rig = new FeedRig(directory, design, Map.of());
        rig.append(P0, Documents.upsert("a", at(1), Operation.CREATE, 0, 1));
        FeedRig.Feeder feeder = rig.feeder(P0);
        assertThatThrownBy(feeder::sink)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("table.partition.by")
                .hasMessageContaining("colour");
    }

    private static SourceVersion at(long millis) {
        return new SourceVersion(millis, 0);
    }

    private FeedRig rig(WriteMode mode, DeleteMode deletes) {
        WritePolicy policy = new WritePolicy(mode, deletes, MergeMode.MERGE_ON_READ);
        return new FeedRig(directory, new TableDesign(policy, List.of(), List.of()), Map.of());
    }
}
