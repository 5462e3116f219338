package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.merge.Committer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 2: two tasks that both believe to own a partition, each ahead of the other in turn. */
class TwoOwnersTest {
    @TempDir
    Path directory;

    SinkRig rig;
    private final Map<String, String> model = new TreeMap<>();
    private @Nullable Runnable inMidCommit;
    private long rewinds;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void ofTwoOwnersOneRewindsAndNothingIsLostOrDoubled() {
        rounds(30, 31);
    }

    @Test
    @Tag("slow")
    void ofTwoOwnersOneRewindsAndNothingIsLostOrDoubledInManyRounds() {
        rounds(500, Seeds.any());
    }

    private void rounds(int count, long seed) {
        Random random = new Random(seed);
        FakeRuntime[] owners = {rig.task(interrupted(), P0), rig.task(interrupted(), P0)};
        for (int round = 1; round <= count; round++) {
            change(random, round);
            int first = random.nextInt(2);
            FakeRuntime winner = owners[first];
            FakeRuntime loser = owners[1 - first];
            // Both have the same changes in their hands, or the one part of them.
            winner.poll(1 + random.nextInt(6));
            loser.pollAll();
            long before = rewinds(owners);
            boolean amid = random.nextBoolean();
            if (amid) {
                inMidCommit = () -> flush(winner);
                flush(loser);
            } else {
                flush(winner);
                flush(loser);
            }
            inMidCommit = null;
            assertThat(rewinds(owners))
                    .as("seed %d, round %d, amid %s", seed, round, amid)
                    .isGreaterThan(before);
            loser.sink();
            winner.sink();
            rig.table.hasRows(model.entrySet().stream()
                    .map(document -> document.getKey() + ":" + document.getValue())
                    .toArray(String[]::new));
            assertThat(rig.table.snapshot().transactions())
                    .containsEntry("sink|mongo.shop.orders|0", rig.topics.end(P0));
        }
        rewinds = rewinds(owners);
        System.out.println("fault 2: seed " + seed + ", " + count + " rounds, " + rewinds
                + " flushes given up and read again; table = model after each round");
    }

    private static long rewinds(FakeRuntime[] owners) {
        return owners[0].counters().rewinds() + owners[1].counters().rewinds();
    }

    /** Lets the commit interval pass for this task alone. */
    private void flush(FakeRuntime task) {
        rig.clock.advance(Duration.ofMinutes(1));
        task.poll(0);
    }

    /** The other one comes in between, once: after the look at the table, before the commit. */
    private Committer interrupted() {
        return (table, commit) -> {
            Runnable other = inMidCommit;
            inMidCommit = null;
            if (other != null) {
                other.run();
            }
            return table.commit(commit);
        };
    }

    private void change(Random random, int round) {
        List<String> ids = new ArrayList<>(List.of("a", "b", "c", "d", "e" + random.nextInt(5)));
        for (int i = 0; i < 6; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            long version = round * 10L + i;
            if (random.nextInt(4) == 0) {
                rig.source.deleteOnly(id, version);
                model.remove(id);
            } else {
                String field = round < 10 ? "n" : "m";
                rig.source.upsert(id, "\"" + field + "\":" + version, version);
                model.put(id, " " + field + "=" + version);
            }
        }
    }
}
