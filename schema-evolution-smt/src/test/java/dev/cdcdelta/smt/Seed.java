package dev.cdcdelta.smt;

import java.util.Random;

/** Randomness that can be repeated: {@code -Dseed=…} takes the printed number. */
public final class Seed {
    private Seed() {}

    public static Random random(Object test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test.getClass().getSimpleName() + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
