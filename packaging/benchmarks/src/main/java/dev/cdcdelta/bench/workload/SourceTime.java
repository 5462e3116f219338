package dev.cdcdelta.bench.workload;

import java.time.Instant;

/**
 * When an event happened, as MongoDB's cluster time tells it.
 *
 * @param ordinal counts the events of one second
 */
public record SourceTime(long seconds, int ordinal) {
    private static final long FIRST_SECOND = 1_700_000_000L;
    private static final int EVENTS_PER_SECOND = 50;

    public static SourceTime of(long sequence) {
        return new SourceTime(FIRST_SECOND + sequence / EVENTS_PER_SECOND, (int) (sequence % EVENTS_PER_SECOND) + 1);
    }

    public Instant instant() {
        return Instant.ofEpochSecond(seconds);
    }

    public long millis() {
        return seconds * 1_000;
    }
}
