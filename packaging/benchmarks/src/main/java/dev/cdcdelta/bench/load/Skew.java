package dev.cdcdelta.bench.load;

import java.util.SplittableRandom;

/** Which documents change how often. */
public enum Skew {
    UNIFORM {
        @Override
        int key(SplittableRandom random, int keys) {
            return random.nextInt(keys);
        }
    },
    /** The document of rank r is r times as rare as the first one; ranks lie anywhere among the keys. */
    ZIPF {
        @Override
        int key(SplittableRandom random, int keys) {
            // The inverse of the distribution's function, which is log(rank) / log(keys) but for the first few ranks.
            long rank = (long) Math.pow(keys, random.nextDouble());
            return (int) Math.floorMod(rank * SCATTER, keys);
        }
    };

    /** A prime, so that no two ranks fall on one key where the number of keys is not a multiple of it. */
    private static final long SCATTER = 1_000_000_007L;

    abstract int key(SplittableRandom random, int keys);
}
