package dev.cdcdelta.sink.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.Seeds;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flushes, other writers, compactions in flight, lost races and crashes, in random order, against a map. */
class CompactionModelTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void theTableIsTheModelWhateverIsInFlight() throws Exception {
        campaign(20_261_123, 1, 120);
        TableProtocolCheck.check("file://" + directory + "/0");
    }

    @Test
    @Tag("slow")
    void theTableIsTheModelInManyRuns() {
        campaign(Seeds.any(), 40, 150);
    }

    private void campaign(long seed, int runs, int steps) {
        Random random = new Random(seed);
        int installed = 0;
        for (int run = 0; run < runs; run++) {
            try (UpsertRig rig = new UpsertRig("file://" + directory + "/" + run)) {
                installed += run(rig, random, steps, "seed " + seed + " run " + run);
            }
        }
        assertThat(installed).isGreaterThan(runs);
        System.out.printf(
                "compaction: seed %d, %d runs of %d steps, %d compactions installed; table = model%n",
                seed, runs, steps, installed);
    }

    private static int run(UpsertRig rig, Random random, int steps, String where) {
        ArrayDeque<CompactedFiles> inFlight = new ArrayDeque<>();
        int installed = 0;
        for (int step = 0; step < steps; step++) {
            String at = where + " step " + step;
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> rig.flush(changes(random, step));
                case 4 -> deleteFromOutside(rig, random);
                case 5 -> start(rig, random, inFlight);
                default -> {
                    if (!inFlight.isEmpty()) {
                        installed += install(rig, random, inFlight.poll()) ? 1 : 0;
                        rig.catchUp();
                        rig.check(at);
                    }
                }
            }
        }
        rig.catchUp();
        rig.check(where + " at the end");
        return installed;
    }

    private static Map<Long, @Nullable String> changes(Random random, int step) {
        Map<Long, @Nullable String> changes = new TreeMap<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(60);
            changes.put(id, random.nextInt(4) == 0 ? null : "step " + step + " key " + id);
        }
        return changes;
    }

    private static void deleteFromOutside(UpsertRig rig, Random random) {
        if (!rig.model.isEmpty()) {
            List<Long> ids = List.copyOf(rig.model.keySet());
            rig.deleteFromOutside(ids.get(random.nextInt(ids.size())));
        }
    }

    private static void start(UpsertRig rig, Random random, ArrayDeque<CompactedFiles> inFlight) {
        List<DataFile> live = List.copyOf(rig.table.refresh().files().values());
        List<DataFile> chosen =
                live.stream().filter(file -> random.nextInt(3) > 0).toList();
        if (!chosen.isEmpty()) {
            inFlight.add(rig.compact(random.nextBoolean() ? 1 : Long.MAX_VALUE, chosen));
        }
    }

    /** One in three meets another writer between the look and the commit, one in six a crash. */
    private static boolean install(UpsertRig rig, Random random, CompactedFiles compacted) {
        int fate = random.nextInt(6);
        int[] races = {fate == 1 ? 1 : fate == 2 ? 2 : 0};
        try {
            return rig.install(compacted, (table, commit) -> {
                        if (races[0]-- > 0) {
                            deleteFromOutside(rig, random);
                        }
                        if (fate == 3 && random.nextBoolean()) {
                            throw new ConnectException("killed before the commit");
                        }
                        var committed = table.commit(commit);
                        if (fate == 3) {
                            throw new ConnectException("killed after the commit");
                        }
                        return committed;
                    })
                    .installed();
        } catch (ConnectException e) {
            assertThat(e).hasMessageStartingWith("killed");
            if (random.nextBoolean()) {
                rig.restart();
            }
            return false;
        }
    }

    @Test
    void everyLookOfAPlannedRunKeepsTheModel() {
        try (UpsertRig rig = new UpsertRig("file://" + directory + "/planned")) {
            Random random = new Random(7);
            CompactionPlanner planner = new CompactionPlanner(128L << 20);
            for (int step = 0; step < 24; step++) {
                rig.flush(changes(random, step));
                for (CompactionGroup group : planner.plan(
                        rig.table.snapshot().files().values(), Set.of(Files.P0), rig.pace.installableRows())) {
                    CompactedFiles compacted = rig.compact(128L << 20, group.files());
                    rig.upsert("in between " + step, 100 + step);
                    assertThat(rig.install(compacted, DeltaTable::commit).installed())
                            .isTrue();
                }
            }
            assertThat(rig.table.snapshot().files().size()).isLessThan(15);
            rig.check("at the end");
        }
    }
}
