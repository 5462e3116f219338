package dev.cdcdelta.sink.compact;

import java.time.Duration;

/**
 * How long installations take on this machine and this storage, and so how many rows one may have. Measured by the flush threads, asked by
 * them too; safe for use by many threads.
 */
public final class InstallPace {
    /** So slow is no index; the first installation is small, and measured. */
    private static final double FIRST_SECONDS_PER_ROW = 1.0 / 100_000;

    /** However slow the storage, this much may be compacted at once: below, a pause is mostly the commit. */
    private static final long LEAST_ROWS = 10_000;

    private static final double WEIGHT_OF_LATEST = 0.3;

    /** Installations vary; those that are planned to take this share of the longest pause seldom exceed it. */
    private static final double PLANNED_SHARE = 0.7;

    private final Duration maxPause;
    private double commitSeconds;
    private double secondsPerRow = FIRST_SECONDS_PER_ROW;

    public InstallPace(Duration maxPause) {
        this.maxPause = maxPause;
    }

    public Duration maxPause() {
        return maxPause;
    }

    /** @param index how long it took to move the keys of so many rows */
    synchronized void measured(long rows, Duration commit, Duration index) {
        commitSeconds = blend(commitSeconds, seconds(commit));
        if (rows > 0) {
            secondsPerRow = blend(secondsPerRow, seconds(index) / rows);
        }
    }

    public synchronized long installableRows() {
        double forRows = seconds(maxPause) * PLANNED_SHARE - commitSeconds;
        return Math.max(LEAST_ROWS, (long) Math.min(Integer.MAX_VALUE / 2.0, forRows / secondsPerRow));
    }

    private static double blend(double old, double latest) {
        return old + WEIGHT_OF_LATEST * (latest - old);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
