package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.merge.FlushGivenUpException;
import dev.cdcdelta.sink.merge.RefusedUpdatesException;
import dev.cdcdelta.sink.merge.TableSink;
import dev.cdcdelta.sink.table.StorageException;
import dev.cdcdelta.sink.trace.BatchTrace;
import dev.cdcdelta.sink.trace.CommitSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch on its way into its table, through as many attempts as it takes. While an attempt runs, batch and sink are the flush thread's;
 * the task's thread asks for the outcome.
 */
final class FlushInProgress {
    private static final Logger LOG = LoggerFactory.getLogger(FlushInProgress.class);

    /** How an attempt ended. */
    sealed interface Outcome {
        /** @param recorded false if there was nothing to record */
        record Committed(boolean recorded) implements Outcome {}

        record GivenUp(FlushGivenUpException cause) implements Outcome {}

        /** Some updates cannot be applied; the rest can be flushed once they are reported. */
        record Refused(List<RefusedUpdatesException.Refusal> updates) implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}
    }

    private final TableSink sink;
    private final TableBatch batch;
    private final Map<TopicPartition, Long> bases;
    private final ErrantRecords errant;
    private final BatchTrace trace;
    private List<Future<Void>> reports;
    private final long rows;
    private final long bytes;
    private CompletableFuture<Outcome> attempt = new CompletableFuture<>();
    private int failures;
    private @Nullable Instant firstFailure;
    private @Nullable Instant nextAttempt;

    /** @param errant whose reports so far must be in safety before the commit that covers their records */
    FlushInProgress(
            TableSink sink, TableBatch batch, Map<TopicPartition, Long> bases, ErrantRecords errant, BatchTrace trace) {
        this.trace = trace;
        this.sink = sink;
        this.batch = batch;
        this.bases = bases;
        this.errant = errant;
        this.reports = batch.isEmpty() ? List.of() : errant.deliveries();
        this.rows = batch.rowCount();
        this.bytes = batch.bytes();
    }

    /** @param upkeep of the table, which has its turn before and after */
    void start(Executor executor, TableUpkeep upkeep) {
        boolean isRetry = failures > 0;
        nextAttempt = null;
        attempt = new CompletableFuture<>();
        CompletableFuture<Outcome> result = attempt;
        executor.execute(() -> result.complete(run(isRetry, upkeep)));
    }

    private Outcome run(boolean isRetry, TableUpkeep upkeep) {
        try (CommitSpan span = trace.commit(sink.location(), rows, bytes)) {
            Outcome outcome = attempt(isRetry, upkeep);
            if (outcome instanceof Outcome.Committed) {
                span.durable();
            } else if (outcome instanceof Outcome.Failed failed) {
                span.failed(failed.cause());
            } else if (outcome instanceof Outcome.GivenUp givenUp) {
                span.failed(givenUp.cause());
            }
            return outcome;
        }
    }

    private Outcome attempt(boolean isRetry, TableUpkeep upkeep) {
        try {
            errant.await(reports);
            if (isRetry) {
                // Nobody knows what became of the attempt before: its own commit counts as another owner's.
                sink.own(Set.of());
            }
            upkeep.install(sink);
            boolean recorded = !batch.isEmpty() && sink.flush(batch, bases);
            if (batch.isEmpty()) {
                register();
            }
            upkeep.look(sink);
            return new Outcome.Committed(recorded);
        } catch (FlushGivenUpException e) {
            return new Outcome.GivenUp(e);
        } catch (RefusedUpdatesException e) {
            return new Outcome.Refused(e.refusals());
        } catch (RuntimeException | Error e) {
            return new Outcome.Failed(e);
        }
    }

    /** Where the storage fails, there is another time: nothing waits for it. */
    private void register() {
        try {
            sink.register();
        } catch (StorageException e) {
            LOG.warn(
                    "Table {} could not be told of the partitions that feed it; it is tried again", sink.location(), e);
        }
    }

    /** The outcome of the attempt, if it is over. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(attempt.getNow(null));
    }

    /** Why the attempt failed, if it did. */
    Optional<Throwable> failure() {
        return outcome().filter(Outcome.Failed.class::isInstance).map(outcome -> ((Outcome.Failed) outcome).cause());
    }

    boolean isRunning() {
        return !attempt.isDone();
    }

    /** Waits for the end of the attempt. @return whether it came in time */
    boolean await(Duration limit) {
        try {
            attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an attempt always ends with an outcome", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while waiting for a commit of table " + sink.location(), e);
        }
    }

    /** Calls back when nobody works on the sink any more. */
    CompletableFuture<?> end() {
        return attempt;
    }

    /** Nobody waits for it any more; its sink is let go of at its end. @return what calls back then */
    CompletableFuture<Void> abandon() {
        return attempt.thenRun(sink::release);
    }

    /**
     * Puts the next attempt off after a failure.
     *
     * @return false if there is none: it has been tried long enough
     */
    boolean postpone(RetrySchedule schedule, Instant now, double random) {
        failures++;
        Instant first = firstFailure == null ? now : firstFailure;
        firstFailure = first;
        Optional<Duration> pause = schedule.pause(failures, Duration.between(first, now), random);
        nextAttempt = pause.map(now::plus).orElse(null);
        return pause.isPresent();
    }

    /** When the next attempt is due; empty unless one was put off. */
    Optional<Instant> nextAttempt() {
        return Optional.ofNullable(nextAttempt);
    }

    int failures() {
        return failures;
    }

    /**
     * Takes out updates that cannot be applied, and reports their records; the next attempt waits for those reports too. Not while an
     * attempt runs.
     *
     * @throws ConnectException if nobody takes such records
     */
    void withdraw(Outcome.Refused refused) {
        for (RefusedUpdatesException.Refusal refusal : refused.updates()) {
            errant.report(refusal.update().record(), Refusal.UPDATE, refusal.cause());
            batch.withdraw(refusal.update());
        }
        reports = errant.deliveries();
    }

    /** Takes out what a partition brought that is not the task's any more. Not while an attempt runs. */
    void drop(TopicPartition partition) {
        batch.drop(partition);
        bases.remove(partition);
    }

    long rows() {
        return rows;
    }

    /** Estimated heap that it holds. */
    long bytes() {
        return bytes;
    }
}
