package dev.cdcdelta.smt.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is repeated, and after which pauses.
 *
 * @param first the pause before the first repetition; it doubles up to {@code longest}
 */
record Backoff(int repetitions, Duration first, Duration longest) {
    /** The pause before a repetition, counted from 0; up to half of it is left out, so that tasks do not come back all at once. */
    Duration pause(int repetition, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(repetition, 20);
        long pause = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(pause - random.nextLong(pause / 2 + 1));
    }
}
