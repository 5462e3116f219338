package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.reconcile.barrier.BarrierException;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.finding.UnverifiableException;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.StoredRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of collection, table and pipeline while a run is under way: it ends, and says what has happened. */
class EndStatesTest {
    private static final int DOCUMENTS = 300;

    @TempDir
    Path directory;

    PipelineRig rig;
    RangePlan plan;
    final Map<String, String> identities = new HashMap<>(Map.of("orders", "a1"));

    @BeforeEach
    void fill() {
        rig = new PipelineRig(directory).with("repair", "apply");
        for (int i = 0; i < DOCUMENTS; i++) {
            rig.collection.put(SampleDocuments.plain(SampleDocuments.key(i), i));
        }
        rig.settle();
        plan = rig.collection.plan(30);
        rig.sameCollection(new SameCollection("orders", "a1", () -> identities));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aDroppedCollectionLeavesItsRowsAlone() {
        midway(() -> {
            identities.remove("orders");
            rig.collection.keys().forEach(rig.collection::dropSilently);
        });
        RangeResult result = rig.run(plan);

        requireFailed(result, "orders was dropped while the run was under way");
        assertThat(rig.repairs).isEmpty();
        assertThat(rig.findings).isEmpty();
    }

    @Test
    void aRenamedCollectionIsNamed() {
        midway(() -> {
            identities.remove("orders");
            identities.put("old_orders", "a1");
            rig.collection.keys().forEach(rig.collection::dropSilently);
        });
        requireFailed(rig.run(plan), "orders was renamed to old_orders");
    }

    @Test
    void aRecreatedCollectionIsToldFromTheOldOne() {
        midway(() -> {
            identities.put("orders", "b2");
            rig.collection.keys().forEach(rig.collection::dropSilently);
        });
        requireFailed(rig.run(plan), "dropped and created anew");
        assertThat(rig.repairs).isEmpty();
    }

    @Test
    void aTableThatLagsForeverEndsTheRun() {
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(1), 7));
        rig.collection.deliver(1);
        rig.pipelineStops("");
        RangeResult result = rig.run(plan);

        requireFailed(result, "Waited 60 s in vain");
        assertThat(result.failure().orElseThrow()).contains("{0=1}").contains("sink.connector");
    }

    @Test
    void aSinkThatIsFarBehindIsWaitedForAndThenGivenUp() {
        AtomicLong lag = new AtomicLong(500);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource time = now::get;
        Clock clock = time.withZone(ZoneOffset.UTC);
        LagGate gate = new LagGate(lag::get, 100, Duration.ofMinutes(1), clock, passed -> {
            now.updateAndGet(before -> before.plus(passed));
            lag.updateAndGet(before -> before == 500 ? 300 : before == 300 ? 50 : before);
        });
        gate.run();
        assertThat(lag).hasValue(50);
        lag.set(101);
        now.updateAndGet(before -> before.plusSeconds(10));
        assertThatThrownBy(gate::run)
                .isInstanceOf(BarrierException.class)
                .hasMessageContaining("more than 100 records behind for 60 s")
                .hasMessageContaining("load.max.lag.records");
    }

    @Test
    void anOplogThatHasRolledOverEndsTheRun() {
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(1), 7));
        rig.pipelineStops("MongoDB's oplog has rolled over past the place of connector 'source'");
        requireFailed(rig.run(plan), "oplog has rolled over");
    }

    @Test
    void aTableThatIsRewrittenInMidRunIsReadOn() {
        rig.vandal.change((document, row) ->
                document.getNumber("n", new BsonInt32(0)).intValue() == 250 ? List.of() : List.of(row));
        midway(() -> rig.vandal.optimize());
        RangeResult result = rig.run(plan);

        assertThat(result.verdict()).isEqualTo("repaired");
        assertThat(result.findingsOf(FindingClass.MISSING)).isOne();
        assertThat(rig.findings).hasSize(2);
        assertThat(rig.vandal.table().snapshot().files()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void foreignRowsWithoutAHashAreExtra() {
        rig.vandal.change((document, row) -> {
            if (document.getNumber("n", new BsonInt32(0)).intValue() != 35) {
                return List.of(row);
            }
            StoredRow foreign = rig.vandal.with(row, CdcColumns.HASH, null);
            StoredRow keyed = rig.vandal.with(foreign, CdcColumns.ID_SIDECAR, "\"foreign\"");
            return List.of(row, rig.vandal.with(keyed, CdcColumns.ID, null));
        });
        RangeResult result = rig.with("repair", "off").run(plan);
        assertThat(rig.found()).isEqualTo(Map.of("extra", List.of("\"foreign\"")));
        assertThat(result.verdict()).isEqualTo("discrepancies");
    }

    @Test
    void foreignRowsWithoutAKeyEndTheRun() {
        rig.vandal.change((document, row) -> {
            if (document.getNumber("n", new BsonInt32(0)).intValue() != 35) {
                return List.of(row);
            }
            StoredRow keyless = rig.vandal.with(row, CdcColumns.ID_SIDECAR, null);
            return List.of(row, rig.vandal.with(keyless, CdcColumns.ID, null));
        });
        requireFailed(rig.run(plan), "has no _id: somebody else wrote it");
    }

    @Test
    void aCollectionThatIsAsItWasIsNoMatter() {
        new SameCollection("orders", "a1", () -> identities).run();
        assertThatThrownBy(() -> new SameCollection("orders", "", () -> Map.of()).run())
                .isInstanceOf(UnverifiableException.class)
                .hasMessageContaining("dropped");
    }

    private void midway(Runnable happening) {
        int[] reads = {0};
        rig.collection.onRead(() -> {
            if (++reads[0] == DOCUMENTS / 2) {
                happening.run();
            }
        });
    }

    private static void requireFailed(RangeResult result, String why) {
        assertThat(result.verdict()).isEqualTo("failed");
        assertThat(result.failure().orElseThrow()).contains(why);
    }
}
