package dev.cdcdelta.bench.growth;

/**
 * How much is measured.
 *
 * @param updates random ones in a flush
 * @param repetitions of two flushes over each table, of which the second counts, after two to warm up
 * @param commits of small batches
 */
public record GrowthSizes(int keysSmall, int keysLarge, int updates, int repetitions, int commits, long seed) {
    public GrowthSizes {
        if (keysSmall < 1
                || keysLarge < keysSmall
                || updates < 1
                || updates > keysSmall
                || repetitions < 1
                || commits < 3) {
            throw new IllegalArgumentException(
                    "Growth needs at least one update and repetition, three commits, no fewer"
                            + " keys in the small table than updates, and no fewer in the large table than in the small one");
        }
    }
}
