package dev.cdcdelta.stack.mongodb;

import java.time.Clock;
import java.time.Instant;

/** Cluster times: seconds in the upper half, an ordinal within the second in the lower one. Each is issued once, in growing order. */
final class ClusterClock {
    private final Clock clock;
    private long latest;

    ClusterClock(Clock clock) {
        this.clock = clock;
        this.latest = first(clock.instant());
    }

    /** The newest cluster time issued. */
    synchronized long latest() {
        return latest;
    }

    synchronized long next() {
        latest = Math.max(first(clock.instant()), latest + 1);
        return latest;
    }

    Instant instant() {
        return clock.instant();
    }

    private static long first(Instant instant) {
        return instant.getEpochSecond() << 32 | 1;
    }
}
