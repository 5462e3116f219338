package dev.cdcdelta.admin.rest;

import java.time.Duration;

/**
 * How long to go on asking a cluster that rebalances.
 *
 * @param pause before the second question; it doubles from one to the next, up to {@link #LONGEST_PAUSE}
 */
public record Patience(Duration whole, Duration pause) {
    public static final Patience DEFAULT = new Patience(Duration.ofSeconds(60), Duration.ofMillis(250));
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    Duration after(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
