package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.TableProtocolCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes against a model, with tasks that die before, in and after their commits, or linger on as zombies. */
class RandomWorkloadTest {
    private static final int ROUNDS = 60;
    private static final int KEYS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theTableEqualsTheModelAfterAnyCrash(long seed) throws Exception {
        TableProtocolCheck.check(run(seed).location());
    }

    @Tag("slow")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void theTableEqualsTheModelAfterAnyCrashInALongCampaign(long seed) {
        run(seed);
    }

    static LongStream manySeeds() {
        return Seeds.from(1000, 60);
    }

    private TableContent run(long seed) {
        Random random = new Random(seed);
        SinkRig rig = new SinkRig(directory)
                .with("compaction.interval.ms", "1000")
                .with("compaction.target.file.bytes", "16384");
        Map<String, String> model = new TreeMap<>();
        List<FakeRuntime> zombies = new ArrayList<>();
        Set<String> dead = new TreeSet<>();
        Set<String> gone = new TreeSet<>();
        FakeRuntime[] tasks = {reporting(rig, random, dead, P0), reporting(rig, random, dead, P1)};
        TopicPartition[] partitions = {P0, P1};
        Map<String, Long> offsets = Map.of();
        for (int round = 1; round <= ROUNDS; round++) {
            change(rig, random, model, gone, round);
            int which = random.nextInt(2);
            try {
                if (random.nextInt(3) == 0) {
                    tasks[which].poll(1 + random.nextInt(5));
                } else {
                    tasks[which].sink();
                }
                if (random.nextInt(10) == 0) {
                    zombies.add(tasks[which]);
                    tasks[which] = reporting(rig, random, dead, partitions[which]);
                }
            } catch (Crash crash) {
                tasks[which] = reporting(rig, random, dead, partitions[which]);
            }
            if (!zombies.isEmpty() && random.nextInt(8) == 0) {
                Crash.letLinger(zombies.remove(0)::sink);
            }
            if (round % 6 == 0) {
                offsets = requireProgress(rig, offsets);
            }
        }
        rig.task(P0).sink();
        rig.task(P1).sink();
        List<String> expected = new ArrayList<>();
        model.forEach((id, fields) -> expected.add(id + ":" + fields));
        assertThat(rig.table.rows(false)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        Set<String> documents = new TreeSet<>(model.keySet());
        documents.addAll(gone);
        assertThat(rig.table.rows(false).size() + gone.size() + dead.size())
                .as("documents in = rows + deleted ones + dead letters, seed %d", seed)
                .isEqualTo(documents.size());
        System.out.printf(
                "random workload: seed %d, %d rounds, %d versions; table = model%n",
                seed, ROUNDS, rig.table.snapshot().version());
        return rig.table;
    }

    /** @param dead takes the offsets of refused records */
    private static FakeRuntime reporting(SinkRig rig, Random random, Set<String> dead, TopicPartition partition) {
        FakeRuntime task = rig.unstarted(Crash.around(random));
        task.reporter = (record, error) -> {
            dead.add(record.kafkaPartition() + "@" + record.kafkaOffset());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(partition);
    }

    private static void change(SinkRig rig, Random random, Map<String, String> model, Set<String> gone, int round) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            int number = random.nextInt(KEYS);
            String id = "k" + number;
            Source source = rig.source(number % 2 == 0 ? P0 : P1);
            long version = round * 100L - i;
            if (random.nextInt(4) == 0) {
                source.delete(id, version);
                model.remove(id);
                gone.add(id);
            } else {
                String field = "f" + random.nextInt(6);
                source.upsert(id, "\"" + field + "\":" + version, version);
                gone.remove(id);
                model.put(id, " " + field + "=" + version);
            }
            // Deletes are remembered by the running task only, so what is late must find a row.
            if (model.containsKey(id) && random.nextInt(5) == 0) {
                source.upsert(id, "\"old\":true", 1);
            }
        }
    }

    /** Recorded offsets never move back, whoever commits. */
    private static Map<String, Long> requireProgress(SinkRig rig, Map<String, Long> before) {
        Map<String, Long> after =
                rig.table.table().map(table -> table.snapshot().transactions()).orElse(Map.of());
        before.forEach((id, offset) -> assertThat(after.get(id)).as(id).isGreaterThanOrEqualTo(offset));
        return after;
    }
}
