package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.disk.DiskFaults;
import dev.cdcdelta.sink.disk.FaultyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault 1: the process dies at any change of its disk, in flushes, in checkpoints, in compactions, in the index. Deaths are of two kinds:
 * those of a whole process, and simulated ones, after which nothing that the task does reaches the disk; the latter are many.
 */
class CrashTest {
    private static final long SEED = 20;

    @TempDir
    Path directory;

    @Test
    void aProcessThatIsKilledLosesAndRepeatsNothing() throws Exception {
        killed(SEED, 2);
    }

    @Test
    @Tag("slow")
    void aHundredProcessesThatAreKilledLoseAndRepeatNothing() throws Exception {
        killed(Seeds.any(), 100);
    }

    @Test
    void aDeathInAnyOperationLosesAndRepeatsNothing() throws Exception {
        run("points", SEED, 12);
    }

    /** In tenths of the workload, each of which takes minutes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @Tag("slow")
    void aDeathInEveryOperationLosesAndRepeatsNothing(int tenth) throws Exception {
        run("tenth", Long.getLong("seed", SEED), tenth);
    }

    @Test
    @Tag("slow")
    void deathAfterDeathLosesAndRepeatsNothing() throws Exception {
        run("seeds", Seeds.any(), 200);
    }

    /** Kills a process at some operation, and another one that goes on, and so on; then the work is done here. */
    private void killed(long seed, int kills) throws Exception {
        Random random = new Random(seed);
        int deaths = 0;
        for (int round = 0; deaths < kills; round++) {
            Path own = directory.resolve("round" + round);
            boolean died = true;
            while (died && deaths < kills) {
                DiskFaults.Moment moment = DiskFaults.Moment.values()[random.nextInt(3)];
                FaultyProcess process = FaultyProcess.run(
                        CrashProgram.class,
                        List.of(
                                "halt",
                                own.toString(),
                                "" + (seed + round),
                                "" + (1 + random.nextInt(500)),
                                "" + moment));
                died = process.exitCode() == DiskFaults.HALTED;
                deaths += died ? 1 : 0;
                assertThat(died || process.exitCode() == 0).as(process.output()).isTrue();
            }
            CrashWorkload successor = new CrashWorkload(own, seed + round);
            successor.run();
            successor.check();
        }
        System.out.println("fault 1: seed " + seed + ", " + deaths + " processes killed; table = model each time");
    }

    private void run(String what, long seed, int count) throws Exception {
        FaultyProcess process = FaultyProcess.run(
                CrashProgram.class, List.of(what, directory.toString(), Long.toString(seed), Integer.toString(count)));
        assertThat(process.exitCode()).as(process.output()).isZero();
        System.out.println("fault 1: seed " + seed + ", " + process.lastLine() + "; table = model each time");
    }
}
