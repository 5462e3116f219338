package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.table.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigned partitions whose tables the storage has not let us open. None of their records is looked at; what comes nevertheless, because
 * it had been fetched, is read again.
 */
final class UnopenedPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(UnopenedPartitions.class);

    private final RetrySchedule retries;
    private final Clock clock;
    private final Set<TopicPartition> partitions = new LinkedHashSet<>();
    private final Map<TopicPartition, Long> skipped = new LinkedHashMap<>();
    private int failures;
    private @Nullable Instant firstFailure;
    private @Nullable Instant nextAttempt;

    UnopenedPartitions(RetrySchedule retries, Clock clock) {
        this.retries = retries;
        this.clock = clock;
    }

    Set<TopicPartition> all() {
        return Set.copyOf(partitions);
    }

    /** When they are to be opened; empty if there are none. */
    Optional<Instant> nextAttempt() {
        return partitions.isEmpty() ? Optional.empty() : Optional.ofNullable(nextAttempt);
    }

    boolean isDue() {
        return nextAttempt().filter(due -> !clock.instant().isBefore(due)).isPresent();
    }

    /**
     * These could not be opened.
     *
     * @throws ConnectException if it has been tried long enough
     */
    void failed(Collection<TopicPartition> unopened, StorageException cause) {
        Instant now = clock.instant();
        Instant first = firstFailure == null ? now : firstFailure;
        firstFailure = first;
        failures++;
        Optional<Duration> pause = retries.pause(
                failures,
                Duration.between(first, now),
                ThreadLocalRandom.current().nextDouble());
        if (pause.isEmpty()) {
            throw cause;
        }
        partitions.addAll(unopened);
        nextAttempt = now.plus(pause.get());
        LOG.warn("The tables of {} cannot be opened; it is tried again at {}", unopened, nextAttempt, cause);
    }

    /** A record came that is not looked at. */
    void skip(TopicPartition partition, long offset) {
        if (partitions.contains(partition)) {
            skipped.putIfAbsent(partition, offset);
        }
    }

    /** The first record that was not looked at. */
    OptionalLong firstSkipped(TopicPartition partition) {
        Long offset = skipped.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** These are open, or not the task's any more. */
    void remove(Collection<TopicPartition> settled) {
        settled.forEach(partition -> {
            partitions.remove(partition);
            skipped.remove(partition);
        });
        if (partitions.isEmpty()) {
            failures = 0;
            firstFailure = null;
            nextAttempt = null;
        }
    }
}
