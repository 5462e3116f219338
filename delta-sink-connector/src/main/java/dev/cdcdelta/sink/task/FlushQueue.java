package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.merge.FlushGivenUpException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands batches to the flush threads, one at a time of each table, and settles what becomes of them. */
final class FlushQueue {
    private static final Logger LOG = LoggerFactory.getLogger(FlushQueue.class);

    /** What a settled flush asks of its owner. */
    enum Settled {
        NOTHING,
        COMMITTED,
        GIVEN_UP
    }

    private final ExecutorService threads;
    private final RetrySchedule retries;
    private final Clock clock;
    private final ErrantRecords errant;
    private final SinkCounters counters;
    private final TableUpkeep upkeep;
    private final List<Abandoned> abandoned = new ArrayList<>();

    /** @param end completes when nobody works on the flush any more */
    private record Abandoned(CompletableFuture<?> end, long bytes) {}

    FlushQueue(
            ExecutorService threads,
            RetrySchedule retries,
            Clock clock,
            ErrantRecords errant,
            SinkCounters counters,
            TableUpkeep upkeep) {
        this.threads = threads;
        this.retries = retries;
        this.clock = clock;
        this.errant = errant;
        this.counters = counters;
        this.upkeep = upkeep;
    }

    /** Partitions wait for their tables as long as commits do. */
    UnopenedPartitions unopened() {
        return new UnopenedPartitions(retries, clock);
    }

    /** Begins to flush what is buffered for the table. The flush before is settled. */
    void submit(TableFeed feed) {
        feed.handOver(errant).start(threads, upkeep);
    }

    /** Has an idle table compacted, and told of its partitions: its flush threads see to both, by a flush of nothing. */
    void keepUp(TableFeed feed) {
        feed.look(upkeep);
        if (upkeep.isReady(feed.location()) || feed.isToRegister()) {
            feed.handOver(errant).start(threads, upkeep);
        }
    }

    /** The tables are not fed any more. */
    void forget(Collection<TableFeed> removed) {
        removed.forEach(feed -> upkeep.forget(feed.location()));
    }

    /**
     * Takes note of how the table's flush ended, if it has, and begins the next attempt if one is due.
     *
     * @param givenUp is told why, if it was
     * @throws ConnectException if it failed for good; whatever else the flush threw
     */
    Settled settle(TableFeed feed, BiConsumer<TableFeed, FlushGivenUpException> givenUp) {
        FlushInProgress flush = feed.flush().orElse(null);
        if (flush == null) {
            return Settled.NOTHING;
        }
        if (flush.nextAttempt().isPresent()) {
            retryIfDue(flush);
        }
        Optional<FlushInProgress.Outcome> outcome =
                flush.nextAttempt().isPresent() ? Optional.empty() : flush.outcome();
        if (outcome.isEmpty()) {
            return Settled.NOTHING;
        }
        if (outcome.get() instanceof FlushInProgress.Outcome.Committed committed) {
            feed.committed();
            if (committed.recorded()) {
                counters.committed(flush.rows(), flush.bytes());
            }
            return Settled.COMMITTED;
        }
        if (outcome.get() instanceof FlushInProgress.Outcome.GivenUp rewind) {
            counters.rewound();
            givenUp.accept(feed, rewind.cause());
            return Settled.GIVEN_UP;
        }
        if (outcome.get() instanceof FlushInProgress.Outcome.Refused refused) {
            flush.withdraw(refused);
            flush.start(threads, upkeep);
            return settle(feed, givenUp);
        }
        postpone(feed, flush, ((FlushInProgress.Outcome.Failed) outcome.get()).cause());
        return Settled.NOTHING;
    }

    /** Takes note of the end of a flush that went well, and leaves any other for later. */
    void settleIfCommitted(TableFeed feed) {
        boolean isCommitted = feed.flush()
                .flatMap(FlushInProgress::outcome)
                .filter(FlushInProgress.Outcome.Committed.class::isInstance)
                .isPresent();
        if (isCommitted) {
            settle(feed, (rewound, cause) -> {});
        }
    }

    private void retryIfDue(FlushInProgress flush) {
        if (flush.nextAttempt()
                .filter(due -> RetrySchedule.isDue(due, clock.instant()))
                .isPresent()) {
            counters.retried();
            flush.start(threads, upkeep);
        }
    }

    private void postpone(TableFeed feed, FlushInProgress flush, Throwable cause) {
        boolean isTransient = RetrySchedule.isTransient(cause);
        if (isTransient
                && flush.postpone(
                        retries, clock.instant(), ThreadLocalRandom.current().nextDouble())) {
            LOG.warn(
                    "Commit of table {} failed {} times; it is tried again at {}",
                    feed.location(),
                    flush.failures(),
                    flush.nextAttempt().orElseThrow(),
                    cause);
            return;
        }
        if (isTransient && retries.timeout().compareTo(Duration.ZERO) > 0) {
            throw new ConnectException(
                    cause.getMessage() + " It was tried " + flush.failures() + " times in "
                            + retries.timeout().toMillis()
                            + " ms ('commit.retry.timeout.ms'); nothing is lost, for what is not committed will be read again",
                    cause);
        }
        rethrow(cause);
    }

    private static void rethrow(Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }

    /** Waits until nobody works on the table's sink. @return false if that takes longer */
    static boolean await(TableFeed feed, Duration limit) {
        return feed.flush()
                .filter(FlushInProgress::isRunning)
                .map(flush -> flush.await(limit))
                .orElse(true);
    }

    /** Leaves the table's running flush to itself. */
    void abandon(TableFeed feed) {
        feed.flush()
                .ifPresent(flush -> abandoned.add(new Abandoned(
                        flush.abandon().exceptionally(failure -> {
                            LOG.warn(
                                    "The key index of table {} could not be closed behind a commit left to itself",
                                    feed.location(),
                                    failure);
                            return null;
                        }),
                        flush.bytes())));
        feed.abandon();
        LOG.warn(
                "A commit of table {} takes too long to be waited for. It is left to itself; what it holds is read again"
                        + " and compared with what it may still record",
                feed.location());
    }

    /** Estimated heap of the batches that were left to themselves and are not over. */
    long abandonedBytes() {
        abandoned.removeIf(flush -> flush.end().isDone());
        return abandoned.stream().mapToLong(Abandoned::bytes).sum();
    }

    /** No flush begins any more; once the last one that runs is over, {@code release} is called. */
    void close(Collection<TableFeed> feeds, Runnable release) {
        upkeep.stop();
        feeds.forEach(feed ->
                feed.flush().ifPresent(flush -> abandoned.add(new Abandoned(flush.end(), flush.bytes()))));
        threads.shutdown();
        abandoned.removeIf(flush -> flush.end().isDone());
        if (abandoned.isEmpty()) {
            release.run();
        } else {
            CompletableFuture<Void> last = CompletableFuture.allOf(
                    abandoned.stream().map(Abandoned::end).toArray(CompletableFuture[]::new));
            last.thenRun(release).exceptionally(failure -> {
                LOG.warn("The storage could not be closed behind the last commit", failure);
                return null;
            });
        }
    }
}
