package dev.cdcdelta.sink;

import java.util.stream.LongStream;

/** Seeds of long campaigns: their own, or with {@code -Dseed} that one, with {@code -Dseeds} so many. */
public final class Seeds {
    private Seeds() {}

    public static LongStream from(long first, int count) {
        long begin = Long.getLong("seed", first);
        boolean isRepetition = System.getProperty("seed") != null;
        return LongStream.range(begin, begin + Integer.getInteger("seeds", isRepetition ? 1 : count));
    }

    /** Another one in each run. */
    public static long any() {
        return Long.getLong("seed", System.nanoTime() % 1_000_000);
    }
}
