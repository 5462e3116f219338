package dev.cdcdelta.bench.growth;

import dev.cdcdelta.bench.results.Median;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Measures whether updates cost the same however many rows there are, and commits however many there have been. */
public final class Growth {
    private static final int LOAD_FLUSH = 500_000;
    private static final int WARM_UP = 2;
    private static final int SMALL_BATCH = 20;
    private static final int SMALL_TABLE = 1_000;
    private static final int WINDOW = 100;
    private static final String LIVE = "live";

    private final Map<String, String> storage;
    private final Path state;
    private final GrowthSizes sizes;
    private final Consumer<String> progress;

    /**
     * @param storage settings of the sink that say where tables go
     * @param state directory for what tasks keep locally
     */
    public Growth(Map<String, String> storage, Path state, GrowthSizes sizes, Consumer<String> progress) {
        this.storage = Map.copyOf(storage);
        this.state = state;
        this.sizes = sizes;
        this.progress = progress;
    }

    /**
     * Times in milliseconds, medians.
     *
     * @param heapMegabytes in use after garbage collection, with the tasks of both tables open
     * @param earlyCommit around commit 100, or a third of the way where there are fewer than 300
     * @param lateCommit of the last commits
     * @param startSmall of a task that takes up the small table
     * @param recoverLarge from the start of a task to its first commit, with the index as kill -9 leaves it
     * @param rebuildSmall the same without an index, which is built anew from the table
     */
    public record Figures(
            Cost updatesSmall,
            Cost updatesLarge,
            long heapMegabytes,
            double earlyCommit,
            double lateCommit,
            double startSmall,
            double startLarge,
            double loadLarge,
            Taken recoverLarge,
            Taken rebuildSmall,
            Taken rebuildLarge) {
        public double updateCostRatio() {
            return updatesLarge.millis() / updatesSmall.millis();
        }

        public double updateBusyRatio() {
            return updatesLarge.busyMillis() / updatesSmall.busyMillis();
        }

        public double commitTimeRatio() {
            return lateCommit / earlyCommit;
        }
    }

    /** @param peakHeapMegabytes meanwhile, of all that there is in this JVM */
    public record Taken(double millis, long peakHeapMegabytes) {}

    public Figures run() {
        load("small", sizes.keysSmall());
        double loadLarge = load("large", sizes.keysLarge());
        double[] starts = new double[2];
        Updates updates = updates(starts);
        Taken recoverLarge = taken("large", updates.nextLarge(), "killed");
        Taken rebuildSmall = taken("small", updates.nextSmall(), "without");
        Taken rebuildLarge = taken("large", updates.nextLarge() + 1, "without");
        double[] commits = commits();
        int window = Math.min(WINDOW, sizes.commits() / 3);
        int early = Math.min(WINDOW, sizes.commits() / 3);
        int earlyFrom = Math.max(0, early - window / 2);
        return new Figures(
                updates.small(),
                updates.large(),
                updates.heapMegabytes(),
                Median.of(Arrays.copyOfRange(commits, earlyFrom, earlyFrom + window)),
                Median.of(Arrays.copyOfRange(commits, commits.length - window, commits.length)),
                starts[0],
                starts[1],
                loadLarge,
                recoverLarge,
                rebuildSmall,
                rebuildLarge);
    }

    /** A task takes up a table with what is in a state directory and changes one document. */
    private Taken taken(String table, long nextOffset, String kept) {
        Map<String, String> settings = flushingAt(1, 1_000);
        settings.put("state.dir", state.resolve(kept).toString());
        System.gc();
        HeapPeak peak = new HeapPeak();
        long begin = System.nanoTime();
        try (DrivenTask task = new DrivenTask(settings, table, nextOffset)) {
            task.costOf(new int[] {0});
            Taken taken = new Taken((System.nanoTime() - begin) / 1e6, peak.megabytes());
            progress.accept(String.format(
                    "%s taken up with the state '%s': %.0f ms, %d MB of heap at most",
                    table, kept, taken.millis(), taken.peakHeapMegabytes()));
            return taken;
        }
    }

    private double load(String table, int keys) {
        int flush = Math.min(LOAD_FLUSH, keys);
        double milliseconds = 0;
        try (DrivenTask task = new DrivenTask(flushingAt(flush, 1_000), table, 0)) {
            for (int from = 0; from < keys; from += flush) {
                int first = from;
                int[] ids = new int[Math.min(flush, keys - from)];
                Arrays.setAll(ids, index -> first + index);
                milliseconds += task.costOf(ids).millis();
                progress.accept(table + ": " + (from + ids.length) + " of " + keys + " rows");
            }
        }
        return milliseconds;
    }

    private record Updates(Cost small, Cost large, long heapMegabytes, long nextSmall, long nextLarge) {}

    /**
     * Alternating between the tables, so that a machine that is slow for a while is slow for both. Of two flushes in a row the second
     * counts: what the first left to other threads is then not done while the other table is measured.
     */
    private Updates updates(double[] starts) {
        Map<String, String> settings = flushingAt(sizes.updates(), 60_000);
        SplittableRandom random = new SplittableRandom(sizes.seed());
        Cost[] small = new Cost[sizes.repetitions()];
        Cost[] large = new Cost[sizes.repetitions()];
        long begin = System.nanoTime();
        try (DrivenTask smallTask = new DrivenTask(settings, "small", sizes.keysSmall())) {
            starts[0] = (System.nanoTime() - begin) / 1e6;
            begin = System.nanoTime();
            try (DrivenTask largeTask = new DrivenTask(settings, "large", sizes.keysLarge())) {
                starts[1] = (System.nanoTime() - begin) / 1e6;
                for (int round = -WARM_UP; round < sizes.repetitions(); round++) {
                    smallTask.costOf(ids(random, sizes.keysSmall()));
                    Cost inSmall = smallTask.costOf(ids(random, sizes.keysSmall()));
                    largeTask.costOf(ids(random, sizes.keysLarge()));
                    Cost inLarge = largeTask.costOf(ids(random, sizes.keysLarge()));
                    progress.accept(String.format(
                            "%d updates%s: %.0f ms (busy %.0f) over %d rows, %.0f ms (busy %.0f) over %d",
                            sizes.updates(),
                            round < 0 ? " (warm-up)" : "",
                            inSmall.millis(),
                            inSmall.busyMillis(),
                            sizes.keysSmall(),
                            inLarge.millis(),
                            inLarge.busyMillis(),
                            sizes.keysLarge()));
                    if (round >= 0) {
                        small[round] = inSmall;
                        large[round] = inLarge;
                    }
                }
                // All is durable and nothing is under way: the files are what a kill would leave.
                CopiedDirectory.copy(state.resolve(LIVE), state.resolve("killed"));
                return new Updates(
                        Cost.median(small),
                        Cost.median(large),
                        heapMegabytes(),
                        smallTask.nextOffset(),
                        largeTask.nextOffset());
            }
        }
    }

    private static long heapMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private double[] commits() {
        SplittableRandom random = new SplittableRandom(sizes.seed());
        double[] milliseconds = new double[sizes.commits()];
        try (DrivenTask task = new DrivenTask(flushingAt(SMALL_BATCH, 60_000), "commits", 0)) {
            for (int commit = 0; commit < milliseconds.length; commit++) {
                milliseconds[commit] = task.costOf(distinct(random)).millis();
                if ((commit + 1) % 1_000 == 0) {
                    progress.accept(String.format(
                            "%d commits, the last thousand at %.1f ms",
                            commit + 1, Median.of(Arrays.copyOfRange(milliseconds, commit - 999, commit + 1))));
                }
            }
        }
        return milliseconds;
    }

    private int[] ids(SplittableRandom random, int keys) {
        // A document that changes twice in a flush would count once.
        return random.ints(0, keys).distinct().limit(sizes.updates()).toArray();
    }

    private static int[] distinct(SplittableRandom random) {
        return random.ints(0, SMALL_TABLE).distinct().limit(SMALL_BATCH).toArray();
    }

    private Map<String, String> flushingAt(int rows, long intervalMillis) {
        Map<String, String> settings = new HashMap<>(storage);
        settings.put("commit.max.rows", Integer.toString(rows));
        settings.put("commit.interval.ms", Long.toString(intervalMillis));
        settings.put("state.dir", state.resolve(LIVE).toString());
        settings.put("buffer.max.bytes", Long.toString(1L << 30));
        return settings;
    }
}
