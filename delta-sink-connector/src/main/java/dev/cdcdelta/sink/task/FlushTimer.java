package dev.cdcdelta.sink.task;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/** Runs from the first record after a flush. */
final class FlushTimer {
    private final Clock clock;
    private final long intervalMillis;
    private OptionalLong start = OptionalLong.empty();

    FlushTimer(Clock clock, Duration interval) {
        this.clock = clock;
        this.intervalMillis = interval.toMillis();
    }

    void start() {
        if (start.isEmpty()) {
            start = OptionalLong.of(clock.millis());
        }
    }

    void reset() {
        start = OptionalLong.empty();
    }

    /** Milliseconds until the flush is due, at least 0; empty while nothing waits for one. */
    OptionalLong remaining() {
        if (start.isEmpty()) {
            return start;
        }
        long now = clock.millis();
        // What waits does not wait longer for a clock that is set back.
        start = OptionalLong.of(Math.min(start.getAsLong(), now));
        return OptionalLong.of(Math.max(0, start.getAsLong() + intervalMillis - now));
    }

    boolean isDue() {
        OptionalLong remaining = remaining();
        return remaining.isPresent() && remaining.getAsLong() == 0;
    }
}
