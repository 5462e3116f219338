package dev.cdcdelta.sink.merge;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * How often, and after which pauses, a flush that lost a race for the next version tries again.
 *
 * @param attempts in all
 * @param firstPause doubles from one attempt to the next, up to {@code longestPause}; each pause is a random part of it
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(50, Duration.ofMillis(20), Duration.ofSeconds(2));

    void pause(int attempt) {
        long limit = Math.min(longestPause.toMillis(), firstPause.toMillis() << Math.min(attempt - 1, 20));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(limit + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(
                    "Interrupted between two attempts to commit; nothing of the flush is in the table", e);
        }
    }
}
