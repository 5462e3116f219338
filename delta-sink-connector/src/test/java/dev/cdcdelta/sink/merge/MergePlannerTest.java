package dev.cdcdelta.sink.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.Deletion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class MergePlannerTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);
    private static final Schema DOCUMENT =
            SchemaBuilder.struct().field("_id", Schema.STRING_SCHEMA).build();
    private static final long NOW = 1_000_000;

    private final Known known = new Known();
    private long offset;

    /** What the table holds, said by hand. */
    private static final class Known implements StoredKeys {
        private final Map<DocumentKey, RowLocation> rows = new HashMap<>();
        private final Map<DocumentKey, SourceVersion> deletes = new HashMap<>();

        void row(String id, String file, long position, long version) {
            rows.put(key(id), new RowLocation(file, position, new SourceVersion(version, 0)));
        }

        void delete(String id, long version) {
            deletes.put(key(id), new SourceVersion(version, 0));
        }

        @Override
        public Optional<RowLocation> find(DocumentKey key) {
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public SourceVersion versionOf(DocumentKey key) {
            return find(key).map(RowLocation::version).orElse(deletes.getOrDefault(key, SourceVersion.UNKNOWN));
        }
    }

    @Nested
    class Documents {
        private final TableBatch batch = batch(TableKind.DOCUMENTS);

        @Test
        void aNewKeyIsWrittenAndKillsNothing() {
            put(batch, P0, create("a", 1));
            MergePlan plan = plan(batch);
            assertThat(plan.changes()).singleElement().isInstanceOf(RowChange.Written.class);
            assertThat(plan.kills()).isEmpty();
        }

        @Test
        void aKnownKeyKillsItsRow() {
            known.row("a", "f1", 7, 1);
            known.row("b", "f1", 9, 1);
            put(batch, P0, update("a", 2));
            put(batch, P0, delete("b", 2));
            MergePlan plan = plan(batch);
            assertThat(plan.kills()).containsExactly(Map.entry("f1", Roaring64Bitmap.bitmapOf(7, 9)));
            assertThat(plan.rowCount()).isEqualTo(1);
            assertThat(plan.deleted()).containsOnlyKeys(key("b"));
        }

        @Test
        void staleChangesAreCountedAndIgnored() {
            known.row("a", "f1", 7, 5);
            put(batch, P0, update("a", 4));
            MergePlan plan = plan(batch);
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.stale()).isEqualTo(1);
        }

        @Test
        void equalVersionsGoByArrival() {
            known.row("a", "f1", 7, 5);
            put(batch, P0, update("a", 5));
            assertThat(plan(batch).rowCount()).isEqualTo(1);
        }

        @Test
        void anOlderChangeBehindANewerOneInTheBatchIsStale() {
            put(batch, P0, delete("a", 5));
            put(batch, P0, update("a", 4));
            MergePlan plan = plan(batch);
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.stale()).isEqualTo(1);
        }

        @Test
        void aKeyInTwoPartitionsIsWrittenOnce() {
            put(batch, P0, update("a", 5));
            put(batch, P1, update("a", 6));
            MergePlan plan = plan(batch);
            assertThat(written(plan)).extracting(RowChange.Written::partition).containsExactly(P1);
            assertThat(plan.stale()).isEqualTo(1);
        }

        @Test
        void rememberedDeletesOutdateOlderChanges() {
            known.delete("a", 9);
            put(batch, P0, update("a", 5));
            MergePlan plan = plan(batch);
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.strayTopics()).isEmpty();
        }

        @Test
        void aLoneTombstoneLeavesTheVersionOfARememberedDelete() {
            known.delete("a", 9);
            put(batch, P0, new Change.Delete(key("a"), SourceVersion.UNKNOWN));
            MergePlan plan = plan(batch);
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.deleted()).isEmpty();
        }

        @Test
        void aLoneTombstoneOfARowIsRememberedWithTheVersionOfThatRow() {
            known.row("a", "f1", 7, 5);
            put(batch, P0, new Change.Delete(key("a"), SourceVersion.UNKNOWN));
            MergePlan plan = plan(batch);
            assertThat(plan.kills()).containsOnlyKeys("f1");
            assertThat(plan.deleted()).containsExactly(Map.entry(key("a"), new Deletion(new SourceVersion(5, 0), P0)));
        }

        @Test
        void theSameKeyTenThousandTimesIsOneRow() {
            for (int version = 1; version <= 10_000; version++) {
                put(batch, P0, version % 3 == 0 ? delete("a", version) : update("a", version));
            }
            MergePlan plan = plan(batch);
            assertThat(written(plan))
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row.change().version().timeMillis()).isEqualTo(10_000));
        }
    }

    @Nested
    class Strays {
        private final TableBatch batch = batch(TableKind.DOCUMENTS);

        @Test
        void anUpdateOrDeleteOfADocumentThatNobodyKnowsIsAStray() {
            put(batch, P0, update("a", 5));
            assertThat(plan(batch).strayTopics()).containsExactly("t");
            TableBatch deletes = batch(TableKind.DOCUMENTS);
            put(deletes, P0, delete("a", 5));
            assertThat(plan(deletes).strayTopics()).containsExactly("t");
        }

        @Test
        void aDocumentThatTheBatchBroughtItselfIsNone() {
            put(batch, P0, create("a", 1));
            put(batch, P0, update("a", 2));
            put(batch, P0, create("b", 3));
            put(batch, P0, delete("b", 4));
            assertThat(plan(batch).strayTopics()).isEmpty();
        }

        @Test
        void aDocumentThatTheOtherPartitionBroughtIsNone() {
            put(batch, P0, create("a", 1));
            put(batch, P1, update("a", 2));
            assertThat(plan(batch).strayTopics()).isEmpty();
        }

        @Test
        void aChangeWithoutATimeIsNone() {
            put(batch, P0, new Change.Delete(key("a"), SourceVersion.UNKNOWN));
            assertThat(plan(batch).strayTopics()).isEmpty();
        }

        @Test
        void versionsStrayLikeDocuments() {
            TableBatch versions = batch(TableKind.VERSIONS);
            put(versions, P0, create("a", 1));
            put(versions, P0, update("a", 2));
            assertThat(plan(versions).strayTopics()).isEmpty();
            put(versions, P0, update("b", 2));
            assertThat(plan(versions).strayTopics()).containsExactly("t");
        }
    }

    @Nested
    class MarkedDocuments {
        private final TableBatch batch = batch(TableKind.MARKED_DOCUMENTS);

        @Test
        void aDeleteRewritesTheStoredRow() {
            known.row("a", "f1", 7, 1);
            put(batch, P0, delete("a", 2));
            assertThat(plan(batch).changes())
                    .containsExactly(new RowChange.Rewritten(
                            P0,
                            key("a"),
                            new RowLocation("f1", 7, new SourceVersion(1, 0)),
                            new RowChange.Amendment.Mark(new SourceVersion(2, 0))));
        }

        @Test
        void aDeleteWithoutATimeKeepsTheRowsOwn() {
            known.row("a", "f1", 7, 1);
            put(batch, P0, new Change.Delete(key("a"), SourceVersion.UNKNOWN));
            assertThat(plan(batch).changes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            RowChange.Rewritten.class,
                            rewritten -> assertThat(rewritten.amendment())
                                    .isEqualTo(new RowChange.Amendment.Mark(new SourceVersion(1, 0))));
        }

        @Test
        void aDeleteKeepsTheImageThatCameWithTheBatch() {
            known.row("a", "f1", 7, 1);
            put(batch, P0, update("a", 2));
            put(batch, P0, delete("a", 3));
            assertThat(written(plan(batch))).singleElement().satisfies(row -> {
                assertThat(row.change().row()).isNotNull();
                assertThat(row.change().isDelete()).isTrue();
                assertThat(row.killed()).isPresent();
            });
        }

        @Test
        void aDeleteKeepsTheImageThatCameInAnotherPartition() {
            put(batch, P0, create("a", 2));
            put(batch, P1, delete("a", 3));
            assertThat(written(plan(batch)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.change().row()).isNotNull());
        }

        @Test
        void anImageOlderThanTheStoredOneIsLeftOut() {
            known.row("a", "f1", 7, 5);
            put(batch, P0, update("a", 4));
            put(batch, P0, delete("a", 6));
            put(batch, P0, update("a", 3));
            assertThat(plan(batch).changes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            RowChange.Rewritten.class,
                            rewritten -> assertThat(rewritten.amendment())
                                    .isEqualTo(new RowChange.Amendment.Mark(new SourceVersion(6, 0))));
        }

        @Test
        void anImageThatComesAfterTheDeleteIsKeptIfItIsTheNewest() {
            known.row("a", "f1", 7, 1);
            put(batch, P0, update("a", 2));
            put(batch, P0, delete("a", 6));
            put(batch, P0, update("a", 4));
            put(batch, P0, update("a", 3));
            assertThat(written(plan(batch))).singleElement().satisfies(row -> {
                assertThat(row.change().isDelete()).isTrue();
                assertThat(row.change().imageVersion()).isEqualTo(new SourceVersion(4, 0));
            });
        }

        @Test
        void aDeleteOfAnUnknownDocumentWritesItsKey() {
            put(batch, P0, delete("a", 3));
            assertThat(written(plan(batch)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.change().row()).isNull());
        }
    }

    @Nested
    class Events {
        @Test
        void everyChangeIsARowInTheOrderOfItsPartition() {
            TableBatch batch = batch(TableKind.EVENTS);
            put(batch, P0, update("a", 5));
            put(batch, P0, update("a", 4));
            put(batch, P0, delete("a", 6));
            MergePlan plan = plan(batch);
            assertThat(written(plan))
                    .extracting(row -> row.change().version().timeMillis())
                    .containsExactly(5L, 4L, 6L);
            assertThat(plan.kills()).isEmpty();
            assertThat(plan.strayTopics()).isEmpty();
        }
    }

    @Nested
    class Versions {
        private final TableBatch batch = batch(TableKind.VERSIONS);

        @Test
        void anUpdateClosesTheStoredVersionAndOpensAnother() {
            known.row("a", "f1", 7, 10);
            put(batch, P0, update("a", 20));
            MergePlan plan = plan(batch);
            assertThat(closings(plan)).containsExactly(20L);
            assertThat(validities(plan)).containsExactly(new RowChange.Validity(20, Optional.empty()));
            assertThat(plan.kills()).containsOnlyKeys("f1");
        }

        @Test
        void aDeleteOnlyCloses() {
            known.row("a", "f1", 7, 10);
            put(batch, P0, delete("a", 20));
            MergePlan plan = plan(batch);
            assertThat(closings(plan)).containsExactly(20L);
            assertThat(written(plan)).isEmpty();
            assertThat(plan.deleted()).containsOnlyKeys(key("a"));
        }

        @Test
        void changesOfOneBatchFollowEachOther() {
            put(batch, P0, create("a", 10));
            put(batch, P0, update("a", 20));
            put(batch, P0, delete("a", 30));
            put(batch, P0, create("a", 40));
            assertThat(validities(plan(batch)))
                    .containsExactly(
                            new RowChange.Validity(10, Optional.of(20L)),
                            new RowChange.Validity(20, Optional.of(30L)),
                            new RowChange.Validity(40, Optional.empty()));
        }

        @Test
        void changesOfOneTimeLastNoTimeButTheLast() {
            put(batch, P0, create("a", 10));
            put(batch, P0, update("a", 10));
            assertThat(validities(plan(batch)))
                    .containsExactly(
                            new RowChange.Validity(10, Optional.of(10L)), new RowChange.Validity(10, Optional.empty()));
        }

        @Test
        void aStaleChangeIsLeftOutAndCounted() {
            known.row("a", "f1", 7, 10);
            put(batch, P0, update("a", 5));
            put(batch, P0, update("a", 20));
            put(batch, P0, update("a", 15));
            MergePlan plan = plan(batch);
            assertThat(plan.stale()).isEqualTo(2);
            assertThat(validities(plan)).containsExactly(new RowChange.Validity(20, Optional.empty()));
        }

        @Test
        void changesOfAKeyThatMovedGoByTheirTime() {
            put(batch, P1, update("a", 30));
            put(batch, P0, create("a", 10));
            put(batch, P0, update("a", 20));
            assertThat(validities(plan(batch)))
                    .containsExactly(
                            new RowChange.Validity(10, Optional.of(20L)),
                            new RowChange.Validity(20, Optional.of(30L)),
                            new RowChange.Validity(30, Optional.empty()));
        }

        @Test
        void aChangeWithoutATimeBeginsWhenItIsWritten() {
            known.row("a", "f1", 7, 10);
            put(batch, P0, new Change.Delete(key("a"), SourceVersion.UNKNOWN));
            assertThat(closings(plan(batch))).containsExactly(NOW);
        }

        @Test
        void onlyTheLastVersionStandsForTheDocument() {
            put(batch, P0, create("a", 10));
            put(batch, P0, update("a", 20));
            assertThat(written(plan(batch)))
                    .extracting(RowChange.Written::isCurrent)
                    .containsExactly(false, true);
        }
    }

    private static TableBatch batch(TableKind kind) {
        SchemaPlanner planner = new SchemaPlanner(SchemaGrowth.WIDEN, SchemaRules.DEFAULT, kind);
        return new TableBatch(new TableRows(planner));
    }

    private MergePlan plan(TableBatch batch) {
        return MergePlanner.of(batch.rows().kind(), known, NOW).plan(batch.partitions());
    }

    private static List<RowChange.Written> written(MergePlan plan) {
        return plan.changes().stream()
                .filter(RowChange.Written.class::isInstance)
                .map(RowChange.Written.class::cast)
                .toList();
    }

    private static List<RowChange.Validity> validities(MergePlan plan) {
        return written(plan).stream().map(row -> row.validity().orElseThrow()).toList();
    }

    private static List<Long> closings(MergePlan plan) {
        return plan.changes().stream()
                .filter(RowChange.Rewritten.class::isInstance)
                .map(change -> ((RowChange.Amendment.Close) ((RowChange.Rewritten) change).amendment()).at())
                .toList();
    }

    private void put(TableBatch batch, TopicPartition partition, Change change) {
        batch.add(partition, offset, change);
        batch.cover(partition, offset++);
    }

    private static Change create(String id, long version) {
        return upsert(id, version, Operation.CREATE);
    }

    private static Change update(String id, long version) {
        return upsert(id, version, Operation.UPDATE);
    }

    private static Change upsert(String id, long version, Operation operation) {
        return new Change.Upsert(
                key(id), new SourceVersion(version, 0), operation, new Struct(DOCUMENT).put("_id", id));
    }

    private static Change delete(String id, long version) {
        return new Change.Delete(key(id), new SourceVersion(version, 0));
    }

    private static DocumentKey key(String id) {
        return new DocumentKey('"' + id + '"');
    }
}
