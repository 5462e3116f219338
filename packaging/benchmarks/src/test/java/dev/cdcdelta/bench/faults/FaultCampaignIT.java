package dev.cdcdelta.bench.faults;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The faults for an hour, with seeds that are printed; {@code -Dbench.seed=N} repeats a run. {@code -Dbench.times=N} makes it as many
 * times as long.
 */
@Tag("slow")
class FaultCampaignIT {
    private static final long SEED = Long.getLong("bench.seed", System.nanoTime() & 0xFFFFFF);
    private static final int TIMES = Integer.getInteger("bench.times", 1);

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static FaultScenarios faults;

    @BeforeAll
    static void start() {
        System.out.println("fault campaign with -Dbench.seed=" + SEED + " -Dbench.times=" + TIMES);
        stack = LocalStack.start(
                StackOptions.fromEnvironment(directory, System.getenv()).withWorkers(2));
        faults = new FaultScenarios(stack, directory);
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void killedWorkersNeitherLoseNorDoubleARow() {
        for (long seed = SEED; seed < SEED + 10 * TIMES; seed++) {
            faults.kills(seed, 20_000, 5);
        }
    }

    @Test
    void faultsOfTheStoreNeitherLoseNorDoubleARow() throws Exception {
        List<StorageFault> order = new ArrayList<>();
        for (int round = 0; round < 3 * TIMES; round++) {
            order.addAll(List.of(StorageFault.values()));
        }
        Collections.shuffle(order, new Random(SEED));
        faults.storage(SEED, order, 4_000);
    }

    /** Ten minutes: a round takes three seconds at least. */
    @Test
    void rebalancesNeitherLoseNorDoubleARow() {
        faults.rebalances(SEED, 150 * TIMES, 2_000);
    }

    @Test
    void sparkMayChangeTheTableMeanwhile() throws Exception {
        faults.spark(SEED / 4 * 4, 100_000, 10 * TIMES);
    }

    @Test
    void keysMayMoveToAddedPartitions() throws Exception {
        for (long seed = SEED; seed < SEED + 5 * TIMES; seed++) {
            faults.partitionsAdded(seed, 20_000);
        }
    }

    @Test
    void oldPartitionsMayBeReadAfterAddedOnes() throws Exception {
        for (long seed = SEED; seed < SEED + 5 * TIMES; seed++) {
            faults.partitionsAddedAndReadFirst(seed, 20_000);
        }
    }

    @Test
    void forgottenAndRewoundOffsetsOfTheGroupDoubleNothing() throws Exception {
        for (long seed = SEED; seed < SEED + 3 * TIMES; seed++) {
            faults.offsetsForgottenAndRewound(seed, 30_000);
        }
    }
}
