package dev.cdcdelta.reconcile.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void whatIsTakenAtOnceIsPausedFor() {
        LoadLimit limit = new LoadLimit(100, 0);
        assertThat(limit.taken(50, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(limit.taken(50, SECOND / 2)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void timeThatWasNotUsedIsNotSavedUp() {
        LoadLimit limit = new LoadLimit(100, 0);
        assertThat(limit.taken(100, 60 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void overTheWholeTimeTheRateIsKept() {
        LoadLimit limit = new LoadLimit(1_000, 0);
        long now = 0;
        for (int i = 0; i < 10_000; i++) {
            now += limit.taken(7, now).toNanos();
        }
        assertThat(now).isBetween(69 * SECOND, 71 * SECOND);
    }

    @Test
    void withoutALimitNothingIsOwed() {
        assertThat(new LoadLimit(0, 0).taken(Long.MAX_VALUE, 1)).isEqualTo(Duration.ZERO);
    }
}
