package dev.cdcdelta.bench.torture;

import dev.cdcdelta.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in a run; the same for the same seed.
 *
 * @param tasks of the sink
 * @param workers of the Connect group
 * @param kills one after the other, each while a slice of the events is written
 * @param sharesState whether workers keep what they know of keys in one place, as on one machine, or each in its own
 */
public record TorturePlan(
        Workload workload, int partitions, int tasks, int workers, List<Kill> kills, boolean sharesState) {
    /** Long enough for a worker to take up its tasks, to commit and to commit again. */
    static final int WINDOW_MILLIS = 5_000;

    /**
     * The end of a worker as by kill -9.
     *
     * @param worker counted from 1
     * @param delayMillis from the beginning of the slice of events
     * @param whileStarting whether the slice begins before the tasks run again after the kill before
     */
    public record Kill(int worker, int delayMillis, boolean whileStarting) {}

    public TorturePlan {
        kills = List.copyOf(kills);
    }

    public static TorturePlan of(Workload workload, int partitions, int tasks, int workers, int kills) {
        SplittableRandom random = new SplittableRandom(~workload.seed());
        List<Kill> planned = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            planned.add(new Kill(
                    1 + random.nextInt(workers), random.nextInt(WINDOW_MILLIS), kill > 0 && random.nextInt(5) == 0));
        }
        return new TorturePlan(workload, partitions, tasks, workers, planned, false);
    }

    public TorturePlan withSharedState(boolean shares) {
        return new TorturePlan(workload, partitions, tasks, workers, kills, shares);
    }

    /** How many events are written while one kill is waited for; what is left comes after the last. */
    public long slice() {
        return workload.events() / (kills.size() + 1);
    }
}
