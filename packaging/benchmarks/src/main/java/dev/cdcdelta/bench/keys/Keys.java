package dev.cdcdelta.bench.keys;

import dev.cdcdelta.bench.load.Processors;
import dev.cdcdelta.bench.results.Median;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares an index of few keys with one of many, batch by batch in turn, so that a machine that is slow for a while is slow for both. The
 * large one is of two stores, as two tasks have.
 */
public final class Keys {
    private static final int STORES = 2;
    private static final int WARM_UP = 5;

    private final KeySizes sizes;
    private final Consumer<String> progress;

    public Keys(KeySizes sizes, Consumer<String> progress) {
        this.sizes = sizes;
        this.progress = progress;
    }

    /**
     * @param keysLarge of all stores
     * @param small keys a second that are looked up and replaced
     * @param large the same, per store
     * @param cpuRatio processors of the large index to those of the small one, a key
     * @param loadSeconds of the large stores, one after the other
     * @param reopenSeconds of one large store
     * @param memory in bytes, at the end
     */
    public record Figures(
            long keysLarge,
            double small,
            double large,
            double speedRatio,
            double cpuRatio,
            double loadSeconds,
            double reopenSeconds,
            Memory memory) {}

    /**
     * Of this process, in bytes.
     *
     * @param peak resident at most, pages of files that are mapped among them, which the system takes back when it needs memory
     * @param anonymous resident at the end without those: heap, stacks, buffers
     */
    public record Memory(long peak, long anonymous) {}

    public Figures run(Path directory) {
        List<KeyLoad> large = new ArrayList<>();
        double loading = 0;
        try (KeyLoad small = new KeyLoad(directory.resolve("small"), SyntheticKeys.of(sizes.small(), sizes.seed()))) {
            small.load();
            for (int i = 0; i < STORES; i++) {
                KeyLoad store = new KeyLoad(
                        directory.resolve("large" + i), SyntheticKeys.of(sizes.large() / STORES, sizes.seed() + i));
                large.add(store);
                loading += store.load().seconds();
                progress.accept(String.format("%d keys are loaded", (i + 1) * store.entries()));
            }
            double reopening = large.get(0).reopen().seconds();
            return compared(small, large, loading, reopening);
        } finally {
            large.forEach(KeyLoad::close);
        }
    }

    private Figures compared(KeyLoad small, List<KeyLoad> large, double loading, double reopening) {
        List<Double> smallSpeeds = new ArrayList<>();
        List<Double> largeSpeeds = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        for (int round = -WARM_UP; round < sizes.rounds(); round++) {
            KeyLoad.Cost few = small.update(sizes.batch());
            KeyLoad.Cost many = large.get(Math.floorMod(round, STORES)).update(sizes.batch());
            if (round >= 0) {
                smallSpeeds.add(sizes.batch() / few.seconds());
                largeSpeeds.add(sizes.batch() / many.seconds());
                ratios.add(few.seconds() / many.seconds());
                cpus.add(many.busySeconds() / few.busySeconds());
            }
        }
        long pid = ProcessHandle.current().pid();
        return new Figures(
                large.stream().mapToLong(KeyLoad::entries).sum(),
                Median.of(smallSpeeds),
                Median.of(largeSpeeds),
                Median.of(ratios),
                Median.of(cpus),
                loading,
                reopening,
                new Memory(Processors.peakMemory(pid), Processors.anonymousMemory(pid)));
    }
}
