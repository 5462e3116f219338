package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.table.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a flush that the storage failed is tried again: pauses double from one attempt to the next, and each is a random part of at least
 * a half, so that tasks do not come back all at once.
 *
 * @param timeout since the first failure, after which it is not tried any more
 */
record RetrySchedule(Duration timeout) {
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;

    /**
     * The pause before the next attempt; empty if there is none.
     *
     * @param failures in a row, at least 1
     * @param random from 0 to 1
     */
    Optional<Duration> pause(int failures, Duration sinceFirst, double random) {
        if (sinceFirst.compareTo(timeout) >= 0) {
            return Optional.empty();
        }
        long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures - 1, 16));
        return Optional.of(Duration.ofMillis((long) (longest * (0.5 + random / 2))));
    }

    /** Whether a pause is over, or so far from it that the clock must have been set back. */
    static boolean isDue(Instant due, Instant now) {
        return !now.isBefore(due) || now.plusMillis(LONGEST_PAUSE).isBefore(due);
    }

    /** Whether the same flush may come through later: the storage failed, not what was asked of it. */
    static boolean isTransient(Throwable failure) {
        return failure instanceof StorageException;
    }
}
