package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.disk.FaultyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 7: a state directory that is full, or another's, or of another time; a clock that jumps. */
class StateDirectoryTest {
    @TempDir
    Path directory;

    SinkRig rig;
    private Path state;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
        state = directory.resolve("_state");
    }

    @Test
    void aFullDiskStopsTheTaskAndTheNextOneGoesOn() throws Exception {
        FaultyProcess process = FaultyProcess.run(CrashProgram.class, List.of("full", directory.toString(), "40", "4"));
        assertThat(process.exitCode()).as(process.output()).isZero();
        System.out.println("fault 7: seeds from 40, " + process.lastLine() + "; table = model each time");
    }

    @Test
    void aStateDirectoryOfAnEarlierTimeCatchesUp() throws IOException {
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2).upsert("c", "\"n\":1", 3);
        session();
        Path kept = directory.resolve("kept");
        FileUtils.copyDirectory(state.toFile(), kept.toFile());
        rig.source.upsert("a", "\"n\":2", 4).delete("b", 5).upsert("d", "\"n\":2", 6);
        session();
        FileUtils.deleteDirectory(state.toFile());
        FileUtils.moveDirectory(kept.toFile(), state.toFile());
        rig.source
                .upsert("a", "\"n\":3", 7)
                .upsert("b", "\"n\":3", 8)
                .delete("c", 9)
                .upsert("d", "\"n\":3", 10);
        session();
        rig.table.hasRows("a: n=3", "b: n=3", "d: n=3");
    }

    @Test
    void aStateDirectoryOfAnotherTableIsNotBelieved() throws IOException {
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        session();
        Path former = tableState();
        FileUtils.deleteDirectory(directory.resolve("shop").toFile());
        Path kept = directory.resolve("kept");
        FileUtils.moveDirectory(former.toFile(), kept.toFile());
        session();
        Path own = tableState();
        FileUtils.deleteDirectory(own.toFile());
        FileUtils.moveDirectory(kept.toFile(), own.toFile());
        rig.source.upsert("a", "\"n\":2", 3).delete("b", 4);
        session();
        rig.table.hasRows("a: n=2");
    }

    /** Whatever the wall clock does, a flush comes no later than an interval of the time that passes forward. */
    @Test
    void aClockThatJumpsHoldsNothingBackAndLosesNothing() {
        Random random = new Random(70);
        Map<String, String> model = new TreeMap<>();
        FakeRuntime task = rig.task(P0);
        for (int round = 1; round <= 60; round++) {
            String id = "k" + random.nextInt(6);
            if (random.nextInt(4) == 0) {
                rig.source.delete(id, round);
                model.remove(id);
            } else {
                rig.source.upsert(id, "\"n\":" + round, round);
                model.put(id, " n=" + round);
            }
            task.pollAll();
            rig.clock.advance(Duration.ofHours(random.nextInt(200_000) - 100_000));
            task.pollAll();
            rig.clock.advance(Duration.ofMinutes(1));
            task.pollAll();
            rig.table.hasRows(model.entrySet().stream()
                    .map(document -> document.getKey() + ":" + document.getValue())
                    .toArray(String[]::new));
            if (round % 10 == 0) {
                task.stop();
                task = rig.task(P0);
            }
        }
    }

    /** A storage that fails while the clock is set back: the next attempt does not wait for the time to come round again. */
    @Test
    void aClockThatIsSetBackDoesNotHoldARetryBack() {
        List<String> failures = new ArrayList<>(List.of("once"));
        FakeRuntime task = rig.task(
                (table, commit) -> {
                    if (!failures.isEmpty()) {
                        failures.clear();
                        throw StorageFailures.unavailable();
                    }
                    return table.commit(commit);
                },
                P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.pollAll();
        rig.clock.advance(Duration.ofMinutes(1));
        task.pollAll();
        assertThat(failures).isEmpty();
        rig.clock.advance(Duration.ofDays(-3));
        task.pollAll();
        task.pollAll();
        rig.table.hasRows("a: n=1");
    }

    private void session() {
        FakeRuntime task = rig.task(P0);
        task.sink();
        task.stop();
    }

    /** The one folder in which the connector keeps what it knows of a table. */
    private Path tableState() throws IOException {
        try (Stream<Path> tables = Files.list(state.resolve("sink"))) {
            List<Path> found = tables.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
