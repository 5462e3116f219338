package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.source.Pause;
import java.nio.file.Path;
import java.util.List;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever takes a run over begins what has no progress record, and nothing else. */
class RestartTest {
    @TempDir
    Path directory;

    @Test
    void noFinishedRangeIsDoneAgainAndTheVerdictIsTheSame() {
        try (PipelineRig rig = new PipelineRig(directory)) {
            for (int i = 0; i < 300; i++) {
                rig.collection.put(SampleDocuments.plain(SampleDocuments.key(i), i));
            }
            rig.settle();
            rig.vandal.change((document, row) ->
                    document.getNumber("n", new BsonInt32(0)).intValue() % 50 == 0 ? List.of() : List.of(row));
            RangePlan plan = rig.collection.plan(30);
            String verdict = rig.run(plan).verdict();
            rig.results.clear();
            rig.rangesDone.clear();
            rig.findings.clear();
            for (int done = 1; done <= 9; done += 2) {
                rig.dieAfterRanges(done);
                assertThatThrownBy(() -> rig.run(plan)).isInstanceOf(Pause.StoppedException.class);
            }
            rig.dieAfterRanges(Integer.MAX_VALUE);
            RangeResult result = rig.run(plan);

            assertThat(rig.rangesDone).hasSize(10).doesNotHaveDuplicates();
            assertThat(result.verdict()).isEqualTo(verdict);
            assertThat(result.documents()).isEqualTo(300);
            assertThat(rig.found().get("missing")).hasSize(6);
        }
    }

    /** Whoever has done a range, under whichever number of tasks. */
    @Test
    void aRebalanceGivesEachOpenRangeToOneTaskAndNoFinishedOneToAny() {
        RangeResult result =
                new RangeResult(1, 1, 1, Map.of(), 0, 0, 1, 1, 1, 1, Optional.empty());
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Optional<RangeResult>> results = new ArrayList<>();
            BitSet open = new BitSet();
            for (int range = 0; range < 50; range++) {
                boolean isDone = random.nextBoolean();
                results.add(isDone ? Optional.of(result) : Optional.empty());
                open.set(range, !isDone);
            }
            int tasks = 1 + random.nextInt(9);
            BitSet given = new BitSet();
            int count = 0;
            for (int task = 0; task < tasks; task++) {
                BitSet share = new TaskRun.Share("run", task, tasks).of(results);
                count += share.cardinality();
                given.or(share);
            }
            assertThat(given).isEqualTo(open);
            assertThat(count).isEqualTo(open.cardinality());
        }
    }
}
