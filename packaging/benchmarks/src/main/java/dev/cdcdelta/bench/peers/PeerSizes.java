package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.DocumentSize;
import dev.cdcdelta.bench.load.Skew;

/**
 * How much is measured, alike for all contenders.
 *
 * @param keys documents that are there before upserts are measured
 * @param warmUp documents that are appended before appends are measured
 * @param events changes that are measured
 * @param intervalMillis between commits; a batch of Spark's is as large as it can bring in within that time
 */
public record PeerSizes(
        int keys, int warmUp, int events, int intervalMillis, int tasks, int partitions, DocumentSize size, long seed) {
    private static final int DELETES_PER_HUNDRED = 5;

    public PeerSizes {
        if (keys < 1 || warmUp < 1 || events < 1 || intervalMillis < 1 || tasks < 1 || partitions < 1) {
            throw new IllegalArgumentException("Every size must be at least one");
        }
    }

    /** The same events for every contender that does the same. */
    ChangePlan plan(Contender contender) {
        return contender.upserts()
                ? new ChangePlan(seed, keys, Skew.UNIFORM, DELETES_PER_HUNDRED)
                // More than anybody comes to, so that all are inserts.
                : new ChangePlan(seed, warmUp + 7 * events, Skew.UNIFORM, 0);
    }

    int before(Contender contender) {
        return contender.upserts() ? keys : warmUp;
    }
}
