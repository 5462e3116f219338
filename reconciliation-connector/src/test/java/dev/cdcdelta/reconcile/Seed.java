package dev.cdcdelta.reconcile;

import java.util.Random;

/** Randomness that is the same in each run, unless {@code -Dseed=…} gives another number, or {@code random}. */
public final class Seed {
    private Seed() {}

    public static Random random(Object test) {
        String wish = System.getProperty("seed", "");
        long seed = wish.isEmpty()
                ? test.getClass().getName().hashCode()
                : wish.equals("random") ? System.nanoTime() : Long.parseLong(wish);
        System.out.println(test.getClass().getSimpleName() + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
