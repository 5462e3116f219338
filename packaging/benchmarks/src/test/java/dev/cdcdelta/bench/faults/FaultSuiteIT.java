package dev.cdcdelta.bench.faults;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault once, on a stack of two workers that all share. {@link FaultCampaignIT} is the long form. */
class FaultSuiteIT {
    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static FaultScenarios faults;

    @BeforeAll
    static void start() {
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
        faults.kills(21, 3_000, 2);
    }

    @Test
    void faultsOfTheStoreNeitherLoseNorDoubleARow() throws Exception {
        faults.storage(22, List.of(StorageFault.values()), 1_500);
    }

    @Test
    void rebalancesNeitherLoseNorDoubleARow() {
        faults.rebalances(23, 4, 1_000);
    }

    @Test
    void sparkMayChangeTheTableMeanwhile() throws Exception {
        faults.spark(24, 6_000, 1);
    }

    @Test
    void keysMayMoveToAddedPartitions() throws Exception {
        faults.partitionsAdded(25, 2_000);
    }

    @Test
    void oldPartitionsMayBeReadAfterAddedOnes() throws Exception {
        faults.partitionsAddedAndReadFirst(28, 2_000);
    }

    @Test
    void forgottenAndRewoundOffsetsOfTheGroupDoubleNothing() throws Exception {
        faults.offsetsForgottenAndRewound(26, 1_500);
    }

    @Test
    void recreatedTopicStopsTheTaskWithTheRemedy() throws Exception {
        faults.topicRecreated(27);
    }
}
