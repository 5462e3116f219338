package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static dev.cdcdelta.sink.FeedRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random changes against a model in every write mode, compacted in between, with writers that die around their commits, or linger on. */
class WriteModesModelTest {
    @TempDir
    Path directory;

    /** The ways of writing that a table can be of. */
    enum Way {
        UPSERT(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ),
        SOFT(WriteMode.UPSERT, DeleteMode.SOFT, MergeMode.MERGE_ON_READ),
        APPEND(WriteMode.APPEND, DeleteMode.HARD, MergeMode.MERGE_ON_READ),
        HISTORY(WriteMode.HISTORY, DeleteMode.HARD, MergeMode.MERGE_ON_READ),
        COPY(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.COPY_ON_WRITE),
        SOFT_COPY(WriteMode.UPSERT, DeleteMode.SOFT, MergeMode.COPY_ON_WRITE),
        HISTORY_COPY(WriteMode.HISTORY, DeleteMode.HARD, MergeMode.COPY_ON_WRITE),
        UPSERT_BY_COLOR(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ, "color"),
        SOFT_COPY_BY_COLOR(WriteMode.UPSERT, DeleteMode.SOFT, MergeMode.COPY_ON_WRITE, "color"),
        APPEND_BY_OPERATION(WriteMode.APPEND, DeleteMode.HARD, MergeMode.MERGE_ON_READ, "_cdc_op"),
        HISTORY_BY_CURRENCY(WriteMode.HISTORY, DeleteMode.HARD, MergeMode.MERGE_ON_READ, "_cdc_is_current", "color");

        final TableDesign design;

        Way(WriteMode mode, DeleteMode deletes, MergeMode merge, String... partitionBy) {
            design = new TableDesign(new WritePolicy(mode, deletes, merge), List.of(partitionBy), List.of());
        }

        TableKind kind() {
            return design.policy().kind();
        }
    }

    static Stream<Arguments> fewSeeds() {
        return Stream.of(Way.values()).map(way -> Arguments.of(way, 1L + way.ordinal()));
    }

    static Stream<Arguments> manySeeds() {
        return Stream.of(Way.values()).flatMap(way -> Seeds.from(100, 30).mapToObj(seed -> Arguments.of(way, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("fewSeeds")
    void theTableEqualsTheModelAfterAnyCrash(Way way, long seed) throws Exception {
        TableProtocolCheck.check(run(way, seed, 12).location());
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("manySeeds")
    void theTableEqualsTheModelAfterAnyCrashInALongCampaign(Way way, long seed) {
        run(way, seed, 40);
    }

    private TableContent run(Way way, long seed, int rounds) {
        Random random = new Random(seed);
        FeedRig rig = new FeedRig(directory, way.design, Map.of());
        SourceModel model = new SourceModel(rig, random, way.kind(), SourceModel::byNumber);
        TopicPartition[] partitions = {P0, P1};
        FeedRig.Feeder[] feeders = {rig.feeder(Crash.around(random), P0), rig.feeder(Crash.around(random), P1)};
        List<FeedRig.Feeder> zombies = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            model.change(random.nextInt(12), 3 * round / rounds);
            int which = random.nextInt(2);
            try {
                feeders[which].read(1 + random.nextInt(20));
                if (random.nextInt(3) > 0) {
                    feeders[which].flush();
                }
                if (random.nextInt(3) > 0) {
                    feeders[which].install();
                }
                if (random.nextInt(3) > 0) {
                    feeders[which].compact();
                }
                if (random.nextInt(10) == 0) {
                    zombies.add(feeders[which]);
                    feeders[which] = rig.feeder(Crash.around(random), partitions[which]);
                }
            } catch (Crash crash) {
                feeders[which] = rig.feeder(Crash.around(random), partitions[which]);
            }
            if (!zombies.isEmpty() && random.nextInt(6) == 0) {
                Crash.letLinger(zombies.remove(0)::sink);
            }
        }
        rig.feeder(P0).sink().compact().install();
        rig.feeder(P1).sink().compact().install();
        assertThat(rig.table.rows(true)).as("%s, seed %d", way, seed).containsExactlyInAnyOrderElementsOf(model.rows());
        System.out.printf(
                "write modes: %s, seed %d, %d rounds, %d versions, %d compactions; table = model%n",
                way, seed, rounds, rig.table.snapshot().version(), rig.compactions());
        return rig.table;
    }
}
