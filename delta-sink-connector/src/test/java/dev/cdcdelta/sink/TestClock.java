package dev.cdcdelta.sink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A clock that stands still until it is told, or tells what a test says. */
public final class TestClock extends Clock {
    private final Supplier<Instant> time;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    TestClock() {
        time = () -> now;
    }

    private TestClock(Supplier<Instant> time) {
        this.time = time;
    }

    public static Clock of(Supplier<Instant> time) {
        return new TestClock(time);
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return time.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
