package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static dev.cdcdelta.sink.FeedRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.smt.key.DocumentKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A deleted document stays deleted whatever disk the task is on that reads an older event of it. Each feeder has a disk of its own. */
class RememberedDeletesTest {
    private static final WritePolicy HISTORY =
            new WritePolicy(WriteMode.HISTORY, DeleteMode.HARD, MergeMode.MERGE_ON_READ);

    @TempDir
    Path directory;

    private FeedRig rig;
    private int clock;

    @BeforeEach
    void table() {
        rig = rig(new TableDesign(WritePolicy.DEFAULT, List.of(), List.of()), Map.of());
    }

    private FeedRig rig(TableDesign design, Map<String, String> properties) {
        return new FeedRig(directory.resolve("t" + clock++), design, properties);
    }

    private void upsert(TopicPartition partition, String id, int version) {
        rig.append(partition, Documents.upsert(id, Documents.version(version, 0), Operation.UPDATE, 0, version));
    }

    private void delete(TopicPartition partition, String id, int version) {
        rig.append(partition, Documents.delete(id, Documents.version(version, 0)));
    }

    private List<DataFile> deletesFiles() {
        return rig.table.snapshot().files().values().stream()
                .filter(DeletesFiles::isOne)
                .toList();
    }

    static Stream<TableDesign> designs() {
        return Stream.of(
                new TableDesign(WritePolicy.DEFAULT, List.of(), List.of()),
                new TableDesign(HISTORY, List.of(), List.of()),
                new TableDesign(WritePolicy.DEFAULT, List.of("color"), List.of()),
                new TableDesign(WritePolicy.DEFAULT, List.of("_id"), List.of()),
                new TableDesign(WritePolicy.DEFAULT, List.of("_cdc_op"), List.of()),
                new TableDesign(WritePolicy.DEFAULT, List.of(), List.of("color")));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void anotherWorkerKnowsThem(TableDesign design) {
        rig = rig(design, Map.of());
        upsert(P0, "a", 1);
        upsert(P0, "b", 1);
        rig.feeder(P0).sink();
        delete(P0, "a", 5);
        delete(P0, "never there", 5);
        rig.feeder(P0).sink();
        List<String> before = rig.table.rows(true);
        upsert(P0, "a", 3);
        upsert(P0, "never there", 4);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(true)).isEqualTo(before);
        upsert(P0, "a", 6);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(false)).anyMatch(row -> row.startsWith("a:") && row.contains("n=6"));
    }

    @Test
    void aDeathBetweenCommitAndIndexForgetsNone() {
        upsert(P0, "a", 1);
        rig.feeder(P0).sink();
        delete(P0, "a", 5);
        FeedRig.Feeder dying = rig.feeder(
                (table, commit) -> {
                    table.commit(commit);
                    throw new IllegalStateException("killed");
                },
                P0);
        assertThatThrownBy(dying::sink).hasMessage("killed");
        upsert(P0, "a", 3);
        rig.feeder(P0).sink();
        rig.table.hasRows();
    }

    @Test
    void whatLingersInAnOldPartitionBringsNothingBack() {
        FeedRig.Feeder old = rig.feeder(P0);
        upsert(P0, "a", 1);
        upsert(P0, "b", 1);
        old.sink();
        FeedRig.Feeder added = rig.feeder(P1);
        upsert(P1, "a", 4);
        delete(P1, "a", 5);
        delete(P1, "b", 5);
        added.sink();
        upsert(P0, "a", 2);
        upsert(P0, "b", 3);
        old.sink();
        rig.table.hasRows();
    }

    @Test
    void theirFilesBecomeFewAndGoInTheEnd() {
        FeedRig.Feeder feeder = rig.feeder(P0);
        upsert(P0, "stays", 1);
        feeder.sink();
        int most = 0;
        for (int i = 0; i < 200; i++) {
            delete(P0, "gone " + i, 1_000 + i);
            feeder.sink();
            rig.clock.advance(Duration.ofHours(1));
            feeder.compact().install();
            most = Math.max(most, deletesFiles().size());
        }
        // Of 168 hours at a time: one file for each of four past quarters, and at most seven of each of two tiers.
        assertThat(most).isLessThanOrEqualTo(4 + 2 * 7);
        long remembered = deletesFiles().stream().mapToLong(DataFile::rowCount).sum();
        assertThat(remembered).isBetween(160L, 200L);
        upsert(P0, "gone 199", 2);
        upsert(P0, "gone 60", 2);
        rig.feeder(P0).sink();
        rig.table.hasRows("stays: color=green n=1");
        rig.clock.advance(Duration.ofDays(9));
        feeder.sink().compact().install();
        assertThat(deletesFiles()).isEmpty();
        upsert(P0, "gone 199", 2);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(false)).hasSize(2);
    }

    @Test
    void filesThatBecomeOneKeepWhatTheyRemember() {
        FeedRig.Feeder feeder = rig.feeder(P0);
        upsert(P0, "stays", 1);
        feeder.sink();
        for (int i = 0; i < 8; i++) {
            delete(P0, "gone " + i, 10 + i);
            feeder.sink();
        }
        assertThat(deletesFiles()).hasSize(8);
        feeder.compact();
        delete(P0, "gone 8", 18);
        feeder.sink().install();
        assertThat(deletesFiles()).hasSize(2);
        for (int i = 0; i < 9; i++) {
            upsert(P0, "gone " + i, 9);
        }
        rig.feeder(P0).sink();
        rig.table.hasRows("stays: color=green n=1");
        feeder.sink();
        rig.table.hasRows("stays: color=green n=1");
    }

    @Test
    void compactionOfRowsLeavesThemAlone() {
        FeedRig.Feeder feeder = rig.feeder(P0);
        for (int i = 0; i < 8; i++) {
            upsert(P0, "row " + i, 1);
            delete(P0, i == 0 ? "gone" : "row " + (i - 1), 5);
            feeder.sink();
        }
        for (int i = 0; i < 5; i++) {
            feeder.compact().install();
        }
        upsert(P0, "row 3", 2);
        rig.feeder(P0).sink();
        assertThat(rig.table.rows(false)).singleElement().asString().startsWith("row 7:");
    }

    @Test
    void aTableWithoutDeletionVectorsHasNone() {
        WritePolicy copying = new WritePolicy(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.COPY_ON_WRITE);
        rig = rig(new TableDesign(copying, List.of(), List.of()), Map.of("delta.enableDeletionVectors", "false"));
        upsert(P0, "a", 1);
        upsert(P0, "b", 1);
        FeedRig.Feeder feeder = rig.feeder(P0).sink();
        delete(P0, "a", 5);
        feeder.sink();
        assertThat(rig.table.snapshot().files().values()).hasSize(1).allMatch(file -> file.deletedRowCount() == 0);
        upsert(P0, "a", 3);
        feeder.sink();
        rig.table.hasRows("b: color=green n=1");
    }

    @ParameterizedTest
    @EnumSource(DeleteMode.class)
    void softDeletesNeedNone(DeleteMode mode) {
        WritePolicy policy = new WritePolicy(WriteMode.UPSERT, mode, MergeMode.MERGE_ON_READ);
        rig = rig(new TableDesign(policy, List.of(), List.of()), Map.of());
        upsert(P0, "a", 1);
        delete(P0, "b", 5);
        rig.feeder(P0).sink();
        assertThat(deletesFiles()).hasSize(mode == DeleteMode.SOFT ? 0 : 1);
    }

    /** Of every type that an {@code _id} may have; and keys of other types, which no row can have, are passed over. */
    @ParameterizedTest
    @MethodSource("ids")
    void keysOfAllTypesAreRemembered(Schema type, Object id, String key) {
        Schema schema = SchemaBuilder.struct().field("_id", type).build();
        Struct document = new Struct(schema).put("_id", id);
        DocumentKey own = new DocumentKey(key);
        rig.append(P0, new Change.Upsert(own, Documents.version(1, 0), Operation.CREATE, document));
        rig.feeder(P0).sink();
        rig.append(P0, new Change.Delete(own, Documents.version(5, 0)));
        rig.append(P0, new Change.Delete(new DocumentKey("\"text\""), Documents.version(5, 0)));
        rig.append(P0, new Change.Delete(new DocumentKey("9000000000000"), Documents.version(5, 0)));
        rig.append(P0, new Change.Delete(new DocumentKey("{\"x\":1}"), Documents.version(5, 0)));
        rig.feeder(P0).sink();
        int columns = rig.table.snapshot().columns().columns().size();
        rig.append(P0, new Change.Upsert(own, Documents.version(3, 0), Operation.UPDATE, document));
        rig.feeder(P0).sink();
        rig.table.hasRows();
        assertThat(rig.table.snapshot().columns().columns()).hasSize(columns);
    }

    static Stream<Arguments> ids() {
        Schema compound = SchemaBuilder.struct()
                .field("a", Schema.OPTIONAL_INT64_SCHEMA)
                .field("b", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        return Stream.of(
                Arguments.of(Schema.INT32_SCHEMA, 7, "7"),
                Arguments.of(Schema.INT64_SCHEMA, 7L, "7"),
                Arguments.of(Schema.FLOAT64_SCHEMA, 7.0, "7"),
                Arguments.of(Schema.FLOAT64_SCHEMA, 7.5, key("7.5")),
                Arguments.of(Schema.STRING_SCHEMA, "a", "\"a\""),
                Arguments.of(Schema.BOOLEAN_SCHEMA, true, "true"),
                Arguments.of(compound, new Struct(compound).put("a", 1L).put("b", "x"), "{\"a\":1,\"b\":\"x\"}"),
                Arguments.of(
                        SchemaBuilder.string()
                                .name("dev.cdcdelta.bson.ObjectId")
                                .build(),
                        "64b5f0c2a1b2c3d4e5f60718",
                        key("{\"$oid\":\"64b5f0c2a1b2c3d4e5f60718\"}")));
    }

    private static String key(String extendedJson) {
        return DocumentKey.ofExtendedJson(extendedJson).canonical();
    }
}
