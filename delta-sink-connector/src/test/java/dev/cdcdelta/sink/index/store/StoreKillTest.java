package dev.cdcdelta.sink.index.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.Seeds;
import dev.cdcdelta.sink.disk.FaultyProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write to a store are killed at random moments; each time it holds the batches up to some one, whole. */
class StoreKillTest {
    static final StoreIdentity IDENTITY = new StoreIdentity("table", "sink", "_all");

    @TempDir
    Path folder;

    @Test
    void aKilledProcessLeavesWholeBatches() throws Exception {
        campaign(1, 2);
    }

    /** One child process dies many simulated deaths: in each operation between the opening and the end of a store. */
    @Test
    void aDeathInAnyOperationLeavesAStoreThatOpens() throws Exception {
        FaultyProcess process = FaultyProcess.run(StoreCrashProgram.class, List.of(folder.toString()));
        assertThat(process.exitCode()).as(process.output()).isZero();
    }

    @Test
    @Tag("slow")
    void fiftyKilledProcessesLeaveWholeBatches() throws Exception {
        campaign(Seeds.any(), 50);
    }

    private void campaign(long seed, int kills) throws Exception {
        HashStore first = HashStore.create(folder, IDENTITY, Disk.REAL);
        Map<Integer, Entry> model = new HashMap<>();
        StoreWriterProcess.batch(seed, 0).applyTo(model);
        StoreWriterProcess.batch(seed, 0).applyTo(first, 0);
        first.finishLoading();
        first.close();
        Random random = new Random(seed);
        long applied = 0;
        for (int kill = 0; kill < kills; kill++) {
            long said = runAndKill(seed, applied + 1 + random.nextInt(8), random.nextInt(4_000_000));
            try (HashStore store = HashStore.open(folder, IDENTITY, Disk.REAL)) {
                assertThat(store.tableVersion())
                        .as("seed %d kill %d", seed, kill)
                        .isGreaterThanOrEqualTo(said);
                while (applied < store.tableVersion()) {
                    StoreWriterProcess.batch(seed, ++applied).applyTo(model);
                }
                HashStoreTest.assertHolds(store, model, StoreWriterProcess.KEYS);
            }
        }
        System.out.printf(
                "killed stores: seed %d, %d kills, %d batches; store = model each time%n", seed, kills, applied);
    }

    /** Kills the process some time after it has said that so many batches are there. @return the last number it said */
    private long runAndKill(long seed, long until, long nanos) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreWriterProcess.class.getName(),
                        folder.toString(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long last = -1;
            while (last < until) {
                String line = said.readLine();
                assertThat(line).as("a number of a batch").isNotNull().matches("\\d+");
                last = Long.parseLong(line);
            }
            // Only moves the moment of the kill within a batch: nothing depends on how long it takes.
            LockSupport.parkNanos(nanos);
            process.destroyForcibly();
            process.waitFor();
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}
