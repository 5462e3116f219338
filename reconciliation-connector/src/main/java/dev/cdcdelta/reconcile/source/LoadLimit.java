package dev.cdcdelta.reconcile.source;

import java.time.Duration;

/** How long to pause so that no more than so many units go through in a second, taken over the whole time. Not for several threads. */
final class LoadLimit {
    private static final double NANOS = 1e9;
    private final double perSecond;
    private double owed;
    private long last;

    /** @param perSecond 0 for no limit */
    LoadLimit(long perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.last = nanoTime;
    }

    /** Notes that units have gone through, and tells for how long nothing may. Time that was not used is not saved up. */
    Duration taken(long units, long nanoTime) {
        if (perSecond <= 0) {
            return Duration.ZERO;
        }
        owed = Math.max(0, owed - (nanoTime - last) / NANOS * perSecond) + units;
        last = nanoTime;
        return Duration.ofNanos((long) (owed / perSecond * NANOS));
    }
}
