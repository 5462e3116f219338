package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static dev.cdcdelta.sink.FeedRig.P1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that are added to a topic take keys over from others, whose tasks know nothing of it. */
class MovedKeysTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void everyModeSurvivesAnAddedPartition(WriteMode mode) {
        WritePolicy policy = new WritePolicy(mode, DeleteMode.HARD, MergeMode.MERGE_ON_READ);
        moveKeys(policy, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void everyModeSurvivesAddedPartitionsInALongCampaign(WriteMode mode) {
        WritePolicy policy = new WritePolicy(mode, DeleteMode.HARD, MergeMode.MERGE_ON_READ);
        for (long seed : Seeds.from(2, 38).toArray()) {
            moveKeys(policy, seed);
        }
    }

    private void moveKeys(WritePolicy policy, long seed) {
        Random random = new Random(seed);
        FeedRig rig = rig(directory.resolve("seed" + seed), policy);
        TopicPartition[] moved = {P0};
        SourceModel model =
                new SourceModel(rig, random, policy.kind(), id -> moved[0] == P0 ? P0 : SourceModel.byNumber(id));
        FeedRig.Feeder first = rig.feeder(P0);
        model.change(30, 0);
        first.sink();
        moved[0] = P1;
        FeedRig.Feeder second = rig.feeder(P1);
        for (int round = 0; round < 5; round++) {
            model.change(random.nextInt(10), 1);
            if (round == 3) {
                model.snapshotAgain(1);
            }
            second.sink();
            first.sink();
        }
        assertThat(rig.table.rows(true)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(model.rows());
        assertThat(rig.hasSharedTopic()).isEqualTo(policy.mode() != WriteMode.APPEND);
        System.out.printf(
                "moved keys: %s, seed %d, %d versions; table = model%n",
                policy.mode(), seed, rig.table.snapshot().version());
    }

    /** The rows that partial updates change are in files of another partition, whose task knows nothing of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void partialUpdatesFindTheRowsOfTheirKeys(long seed) {
        Random random = new Random(seed);
        boolean keepsText = seed % 2 == 0;
        SchemaRules rules = SchemaRules.of(ConflictPolicy.SIDECAR);
        TableDesign design = new TableDesign(WritePolicy.DEFAULT, List.of(), List.of());
        FeedRig rig = new FeedRig(directory, design, Map.of(), keepsText, rules);
        UpdateSource source = new UpdateSource(random, keepsText, rules, seed > 2);
        Map<String, BsonDocument> documents = new TreeMap<>();
        Map<String, String> stamps = new TreeMap<>();
        FeedRig.Feeder first = rig.feeder(P0);
        for (int i = 0; i < 8; i++) {
            String id = "k" + i;
            BsonDocument document = source.newDocument(id);
            rig.append(P0, source.image(P0, id, "c", document.clone(), Documents.version(1, 1)));
            documents.put(id, document);
            stamps.put(id, " at 1/1 c");
        }
        first.sink();
        FeedRig.Feeder second = rig.feeder(P1);
        int updates = 0;
        for (int round = 2; round < 12; round++) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                String id = "k" + random.nextInt(8);
                long time = round * 10L + updates++;
                UpdateSource.Description change = source.change(requireNonNull(documents.get(id)));
                rig.append(P1, source.update(P1, id, change, Documents.version(time, 1)));
                stamps.put(id, " at " + time + "/1 u");
            }
            second.sink();
            first.sink();
        }
        List<String> expected = new ArrayList<>();
        documents.forEach((id, document) -> expected.add(
                (keepsText ? ExtendedJson.text(document) : DocumentRows.meaning(document)) + stamps.get(id)));
        assertThat(DocumentRows.of(rig.table, keepsText))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rig.hasSharedTopic()).isTrue();
        System.out.printf(
                "moved keys: seed %d, %d partial updates in the other partition; table = model%n", seed, updates);
    }

    @Test
    void whatLingersInTheOldPartitionLosesAgainstTheNewerRow() {
        FeedRig rig = rig(directory, WritePolicy.DEFAULT);
        FeedRig.Feeder first = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        first.sink();
        rig.append(P0, Documents.upsert("a", Documents.version(2, 0), Operation.UPDATE, 0, 2));
        rig.append(P1, Documents.upsert("a", Documents.version(3, 0), Operation.UPDATE, 0, 3));
        rig.feeder(P1).sink();
        first.sink();
        assertThat(rig.table.rows(false)).singleElement().asString().contains("n=3");
    }

    @Test
    void aDocumentThatAnotherPartitionHoldsIsFoundWithoutAnAddedPartition() {
        FeedRig rig = rig(directory, WritePolicy.DEFAULT);
        FeedRig.Feeder idle = rig.feeder(P1);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.append(P0, Documents.upsert("b", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        rig.append(P1, Documents.upsert("a", Documents.version(2, 0), Operation.UPDATE, 0, 2));
        rig.append(P1, Documents.delete("b", Documents.version(2, 0)));
        idle.sink();
        assertThat(rig.table.rows(false)).singleElement().asString().contains("a:", "n=2");
        assertThat(rig.hasSharedTopic()).isTrue();
    }

    @Test
    void partitionsThatBroughtNothingYetAreRecordedAndNotTakenForAddedOnes() {
        FeedRig rig = rig(directory, WritePolicy.DEFAULT);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P0, P1).sink();
        assertThat(rig.table.snapshot().transactions()).containsEntry("sink|t|1", 0L);
        rig.append(P1, Documents.upsert("b", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P1).sink();
        assertThat(rig.table.rows(false)).hasSize(2);
        assertThat(rig.hasSharedTopic()).isFalse();
    }

    @Test
    void aTaskThatOwnsAllPartitionsLooksNowhereElse() {
        FeedRig rig = rig(directory, WritePolicy.DEFAULT);
        FeedRig.Feeder all = rig.feeder(P0, P1);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.UPDATE, 0, 1));
        all.sink();
        rig.append(P1, Documents.upsert("a", Documents.version(2, 0), Operation.UPDATE, 0, 2));
        all.sink();
        assertThat(rig.table.rows(false)).singleElement().asString().contains("n=2");
        assertThat(rig.hasSharedTopic()).isFalse();
    }

    @Test
    void aPartitionThatAppearsLongAfterTheOthersHasBeenAdded() {
        FeedRig rig = rig(directory, WritePolicy.DEFAULT);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        rig.pass(Duration.ofHours(1));
        rig.append(P1, Documents.upsert("a", Documents.version(2, 0), Operation.READ, 0, 2));
        rig.feeder(P1).sink();
        assertThat(rig.table.rows(false)).singleElement().asString().contains("n=2");
        assertThat(rig.hasSharedTopic()).isTrue();
    }

    @Test
    void tasksThatComeToANewTableOneByOneAreNoSignOfAnAddedPartition() {
        FeedRig rig = rig(directory, WritePolicy.DEFAULT);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        rig.pass(Duration.ofMinutes(10));
        rig.append(P1, Documents.upsert("b", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P1).sink();
        assertThat(rig.table.rows(false)).hasSize(2);
        assertThat(rig.hasSharedTopic()).isFalse();
    }

    @Test
    void aTaskThatRestartsBeforeItsFirstCommitIsNoSignOfAnAddedPartition() {
        SinkRig rig = new SinkRig(directory);
        FakeRuntime first = rig.task(SinkRig.P0);
        FakeRuntime quiet = rig.task(SinkRig.P1);
        rig.source(SinkRig.P0).insert("a", "\"n\":1");
        first.sink();
        rig.clock.advance(Duration.ofMinutes(5));
        quiet.sink();
        assertThat(rig.table.snapshot().transactions()).containsEntry("sink|mongo.shop.orders|1", 0L);
        long version = rig.table.snapshot().version();
        quiet.sink();
        rig.table.hasVersion(version);
        quiet.stop();
        rig.clock.advance(Duration.ofDays(1));
        quiet = rig.task(SinkRig.P1);
        rig.source(SinkRig.P1).insert("b", "\"n\":1");
        quiet.sink();
        first.sink();
        rig.table.hasRows("a: n=1", "b: n=1");
        assertThat(rig.table.snapshot().transactions()).doesNotContainKey("sink|mongo.shop.orders|shared");
    }

    @Test
    void aStorageThatFailsWhileNothingIsToBeWrittenStopsNobody() {
        SinkRig rig = new SinkRig(directory);
        FakeRuntime quiet = rig.task(
                (table, commit) -> {
                    throw StorageFailures.unavailable();
                },
                SinkRig.P1);
        rig.source(SinkRig.P0).insert("a", "\"n\":1");
        rig.task(SinkRig.P0).sink();
        for (int minute = 0; minute < 20; minute++) {
            quiet.sink();
        }
        assertThat(rig.table.snapshot().transactions()).doesNotContainKey("sink|mongo.shop.orders|1");
    }

    /** Which of a topic's partitions bring something for a table is a matter of the documents. */
    @Test
    void aTableOfAFieldIsNotTakenForOneOfAGrownTopic() {
        SinkRig rig = new SinkRig(directory).with("table.name", "t/${field}").with("table.name.field", "k");
        FakeRuntime first = rig.task(SinkRig.P0);
        FakeRuntime second = rig.task(SinkRig.P1);
        rig.source(SinkRig.P0).insert("a", "\"k\":1");
        first.sink();
        rig.clock.advance(Duration.ofDays(1));
        rig.source(SinkRig.P1).insert("b", "\"k\":1");
        second.sink();
        TableContent table = new TableContent("file://" + directory + "/t/1");
        table.hasRows("a: k=1", "b: k=1");
        assertThat(table.snapshot().transactions()).doesNotContainKey("sink|mongo.shop.orders|shared");
    }

    private static FeedRig rig(Path directory, WritePolicy policy) {
        return new FeedRig(directory, new TableDesign(policy, List.of(), List.of()), Map.of());
    }
}
