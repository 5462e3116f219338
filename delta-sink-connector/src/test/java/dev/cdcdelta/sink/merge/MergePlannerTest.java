package dev.cdcdelta.sink.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.HeapIndex;
import dev.cdcdelta.sink.index.IndexUpdate;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class MergePlannerTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);
    private static final Schema DOCUMENT =
            SchemaBuilder.struct().field("_id", Schema.STRING_SCHEMA).build();
    private static final TableSnapshot NOTHING =
            new TableSnapshot("id", 0, new ColumnType.Struct(List.of()), Map.of(), Map.of(), Map.of());

    private final KeyIndex index = new HeapIndex();
    private final TableBatch batch = new TableBatch(
            new TableRows(new SchemaPlanner(SchemaGrowth.WIDEN, ConflictPolicy.SIDECAR), ConflictPolicy.SIDECAR));
    private long offset;

    @Test
    void aNewKeyIsWrittenAndKillsNothing() {
        put(P0, upsert("a", 1));
        MergePlan plan = plan();
        assertThat(plan.rows()).containsOnlyKeys(P0);
        assertThat(plan.kills()).isEmpty();
    }

    @Test
    void aKnownKeyKillsItsRow() {
        stored("a", "f1", 7, 1);
        stored("b", "f1", 9, 1);
        put(P0, upsert("a", 2));
        put(P0, delete("b", 2));
        MergePlan plan = plan();
        assertThat(plan.kills()).containsExactly(Map.entry("f1", Roaring64Bitmap.bitmapOf(7, 9)));
        assertThat(plan.rowCount()).isEqualTo(1);
        assertThat(plan.deletes()).hasSize(1);
    }

    @Test
    void staleChangesAreCountedAndIgnored() {
        stored("a", "f1", 7, 5);
        put(P0, upsert("a", 4));
        MergePlan plan = plan();
        assertThat(plan.changesRows()).isFalse();
        assertThat(plan.stale()).isEqualTo(1);
    }

    @Test
    void equalVersionsGoByArrival() {
        stored("a", "f1", 7, 5);
        put(P0, upsert("a", 5));
        assertThat(plan().rowCount()).isEqualTo(1);
    }

    @Test
    void anOlderChangeBehindANewerOneInTheBatchIsStale() {
        put(P0, delete("a", 5));
        put(P0, upsert("a", 4));
        MergePlan plan = plan();
        assertThat(plan.rows()).isEmpty();
        assertThat(plan.stale()).isEqualTo(1);
    }

    @Test
    void aKeyInTwoPartitionsIsWrittenOnce() {
        put(P0, upsert("a", 5));
        put(P1, upsert("a", 6));
        MergePlan plan = plan();
        assertThat(plan.rows()).containsOnlyKeys(P1);
        assertThat(plan.stale()).isEqualTo(1);
    }

    @Test
    void anOlderChangeOfARecentlyDeletedKeyIsStale() {
        deleted("a", 9);
        put(P0, upsert("a", 5));
        assertThat(plan().rows()).isEmpty();
    }

    private MergePlan plan() {
        return MergePlanner.plan(batch.partitions(), index);
    }

    private void put(TopicPartition partition, Change change) {
        batch.add(partition, offset, change);
        batch.cover(partition, offset++);
    }

    private void stored(String id, String file, long position, long version) {
        RowLocation row = new RowLocation(file, position, new SourceVersion(version, 0));
        index.apply(new IndexUpdate(Map.of(key(id), row), Map.of()), NOTHING);
    }

    private void deleted(String id, long version) {
        index.apply(new IndexUpdate(Map.of(), Map.of(key(id), new SourceVersion(version, 0))), NOTHING);
    }

    private static Change upsert(String id, long version) {
        return new Change.Upsert(
                key(id), new SourceVersion(version, 0), Operation.UPDATE, new Struct(DOCUMENT).put("_id", id));
    }

    private static Change delete(String id, long version) {
        return new Change.Delete(key(id), new SourceVersion(version, 0));
    }

    private static DocumentKey key(String id) {
        return new DocumentKey('"' + id + '"');
    }
}
