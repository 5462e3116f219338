package dev.cdcdelta.sink.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.StorageException;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule = new RetrySchedule(Duration.ofMinutes(5));

    @Test
    void pausesGrowUpToALimitAndAreNeverTiny() {
        assertThat(schedule.pause(1, Duration.ZERO, 0)).hasValue(Duration.ofMillis(250));
        assertThat(schedule.pause(1, Duration.ZERO, 1)).hasValue(Duration.ofMillis(500));
        assertThat(schedule.pause(3, Duration.ZERO, 1)).hasValue(Duration.ofMillis(2000));
        assertThat(schedule.pause(1000, Duration.ZERO, 1)).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void thereIsAnEnd() {
        assertThat(schedule.pause(9, Duration.ofMinutes(5), 0)).isEmpty();
        assertThat(new RetrySchedule(Duration.ZERO).pause(1, Duration.ZERO, 0)).isEmpty();
    }

    @Test
    void onlyTheStoragesFailuresPass() {
        IOException unavailable = new IOException("503");
        assertThat(RetrySchedule.isTransient(new StorageException("x", unavailable, false)))
                .isTrue();
        assertThat(RetrySchedule.isTransient(new ConnectException("access denied", unavailable)))
                .isFalse();
        assertThat(RetrySchedule.isTransient(new IllegalStateException(unavailable)))
                .isFalse();
    }
}
