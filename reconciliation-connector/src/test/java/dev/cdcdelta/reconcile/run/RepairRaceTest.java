package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.range.RangePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairs and newer writes of the same keys arrive in any order: the newest wins. */
class RepairRaceTest {
    private static final int KEYS = 20;

    @TempDir
    Path directory;

    @Test
    void theNewestWins() {
        race(100, 7);
    }

    @Tag("slow")
    @Test
    void theNewestWinsAThousandTimes() {
        race(1_000, Long.getLong("seed", 8));
    }

    /** Each key of a batch is a race of its own: its row goes, its repair comes, and writes before it, between and behind. */
    private void race(int races, long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (PipelineRig rig =
                new PipelineRig(directory).with("repair", "apply").with("recheck.max.rounds", "4")) {
            for (int i = 0; i < KEYS; i++) {
                rig.collection.put(SampleDocuments.plain(SampleDocuments.key(i), i));
            }
            rig.settle();
            RangePlan plan = rig.collection.plan(1_000);
            int repairs = 0;
            for (int raced = 0; raced < races; raced += KEYS) {
                rig.vandal.change((document, row) -> random.nextInt(3) > 0 ? List.of() : List.of(row));
                rig.beforeRepair(() -> write(rig, random));
                rig.collection.onRead(() -> {
                    if (random.nextInt(10) == 0) {
                        write(rig, random);
                    }
                });
                rig.results.clear();
                rig.run(plan);
                rig.collection.onRead(() -> {});
                rig.beforeRepair(() -> {});
                rig.settle();
                repairs += rig.repairs.size();
                rig.repairs.clear();
                rig.results.clear();
                rig.findings.clear();
                // What the repairs left, or made wrong, would be seen now.
                rig.with("repair", "off");
                rig.run(plan);
                assertThat(rig.findings)
                        .as("after %d races", raced + KEYS)
                        .allSatisfy(finding ->
                                assertThat(finding.getString("class")).isEqualTo("missing"));
                requireNewest(rig);
                rig.with("repair", "apply");
                rig.findings.clear();
            }
            assertThat(repairs).isGreaterThan(races / 3);
        }
    }

    private static void write(PipelineRig rig, Random random) {
        BsonValue key = SampleDocuments.key(random.nextInt(KEYS));
        if (random.nextInt(5) == 0) {
            rig.collection.delete(key);
        } else {
            rig.collection.put(SampleDocuments.plain(key, random.nextInt(1_000_000)));
        }
        if (random.nextBoolean()) {
            rig.collection.deliver(random.nextInt(20));
        }
    }

    /** Every row that is there is the newest state of its document. */
    private static void requireNewest(PipelineRig rig) {
        rig.vandal.change((document, row) -> {
            assertThat(rig.collection
                            .get(document.get("_id"))
                            .getNumber("n", new BsonInt32(-1))
                            .intValue())
                    .isEqualTo(document.getNumber("n", new BsonInt32(-2)).intValue());
            return List.of(row);
        });
    }
}
