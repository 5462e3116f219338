package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.bson.BsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A right table is never accused, however the collection changes between any two reads, and however the source connector lags and the
 * sink's task dies.
 */
class ConstantWritesTest {
    private static final int DOCUMENTS = 400;
    private static final int HOT_KEYS = 5;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aTableUnderWritesHasNoFindings(long seed) {
        run(seed);
    }

    @Tag("slow")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void aTableUnderWritesHasNoFindingsInALongCampaign(long seed) {
        run(seed);
    }

    static LongStream manySeeds() {
        long first = Long.getLong("seed", 100);
        return LongStream.range(first, first + Integer.getInteger("seeds", 50));
    }

    private void run(long seed) {
        Random random = new Random(seed);
        try (PipelineRig rig = new PipelineRig(directory).with("recheck.max.rounds", "6")) {
            for (int i = 0; i < DOCUMENTS; i++) {
                rig.collection.put(SampleDocuments.plain(SampleDocuments.key(i), i));
            }
            rig.settle();
            RangePlan plan = rig.collection.plan(50);
            rig.collection.onRead(() -> write(rig, random));
            RangeResult result = rig.run(plan);

            assertThat(rig.findings)
                    .allSatisfy(
                            finding -> assertThat(finding.getString("class")).isEqualTo("hot"));
            assertThat(rig.collection.searches()).as("suspects were looked at").isPositive();
            assertThat(result.verdict()).isIn("clean", "unverified");
            assertThat(rig.repairs).isEmpty();
            rig.collection.onRead(() -> {});
            rig.results.clear();
            rig.findings.clear();
            assertThat(rig.run(plan).verdict()).as("once it is quiet").isEqualTo("clean");
        }
    }

    private static void write(PipelineRig rig, Random random) {
        if (random.nextInt(4) == 0) {
            rig.collection.put(
                    SampleDocuments.plain(SampleDocuments.key(random.nextInt(HOT_KEYS)), random.nextInt(1_000)));
        }
        if (random.nextInt(10) == 0) {
            BsonValue key = SampleDocuments.key(random.nextInt(2 * DOCUMENTS));
            if (random.nextInt(3) == 0) {
                rig.collection.delete(key);
            } else {
                rig.collection.put(SampleDocuments.plain(key, random.nextInt(1_000)));
            }
        }
        if (random.nextInt(20) == 0) {
            rig.collection.deliver(random.nextInt(10));
        }
        if (random.nextInt(200) == 0) {
            rig.sink.poll(random.nextInt(50));
        }
        if (random.nextInt(2_000) == 0) {
            rig.sink.crash();
        }
    }
}
