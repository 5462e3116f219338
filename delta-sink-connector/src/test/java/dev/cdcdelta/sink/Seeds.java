package dev.cdcdelta.sink;

import java.util.stream.LongStream;

/** Seeds of long campaigns: their own, or with {@code -Dseed} that one, with {@code -Dseeds} so many. */
public final class Seeds {
    private Seeds() {}

    public static LongStream from(long first, int count) {
        long begin = Long.getLong("seed", first);
        return LongStream.range(begin, begin + Integer.getInteger("seeds", areRepeated() ? 1 : count));
    }

    /** Whether somebody asks for certain seeds, of which not all need have everything that a campaign must come upon. */
    public static boolean areRepeated() {
        return System.getProperty("seed") != null;
    }

    /** Another one in each run. */
    public static long any() {
        return Long.getLong("seed", System.nanoTime() % 1_000_000);
    }
}
