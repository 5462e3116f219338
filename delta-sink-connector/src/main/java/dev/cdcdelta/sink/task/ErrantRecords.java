package dev.cdcdelta.sink.task;

import dev.cdcdelta.smt.schema.ConflictException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records that no row could be made of. No offset passes one of them before its report is in safety. */
final class ErrantRecords {
    private static final int MAX_KEY_LENGTH = 200;
    private static final int MAX_PENDING = 1_000;

    private record Report(TopicPartition partition, long offset, Future<Void> delivery, Instant sent) {}

    private final @Nullable ErrantRecordReporter reporter;
    private final Clock clock;
    private final Duration longest;
    private final SinkCounters counters;
    private final List<Report> reports = new ArrayList<>();

    /**
     * @param reporter null where the user has asked for none
     * @param longest that a report may take: Connect's producers try for ever
     */
    ErrantRecords(@Nullable ErrantRecordReporter reporter, Clock clock, Duration longest, SinkCounters counters) {
        this.reporter = reporter;
        this.clock = clock;
        this.longest = longest;
        this.counters = counters;
    }

    /** What stops the task although records like others may go to the dead letter queue. */
    static ConnectException stopping(SinkRecord record, ConflictException cause) {
        return new ConnectException(
                problem(record, cause) + ". The task stops because conflict.policy is 'fail' for this field", cause);
    }

    private static String problem(SinkRecord record, ConnectException cause) {
        return "The record of topic " + record.originalTopic() + ", partition " + record.originalKafkaPartition()
                + ", offset " + record.originalKafkaOffset() + ", key " + key(record) + " cannot be written: "
                + cause.getMessage();
    }

    /** @throws ConnectException if nobody takes such records */
    void report(SinkRecord record, Refusal reason, DataException cause) {
        counters.refused(reason);
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        long offset = record.originalKafkaOffset();
        String problem = problem(record, cause);
        if (reporter == null) {
            throw new ConnectException(
                    problem
                            + ". To go on without such records, set errors.tolerance=all and errors.deadletterqueue.topic.name",
                    cause);
        }
        Future<Void> delivery = reporter.report(record, new DataException(problem, cause));
        reports.add(new Report(partition, offset, delivery, clock.instant()));
    }

    /** The reports that are not known to be in safety; a commit that covers their records has to wait for them. */
    List<Future<Void>> deliveries() {
        return reports.stream().map(Report::delivery).toList();
    }

    /** Whether so many reports are open that no more records should come before some are in safety. */
    boolean isFull() {
        return reports.size() >= MAX_PENDING;
    }

    /** Waits until the reports are in safety, by a thread that may wait. */
    void await(List<Future<Void>> deliveries) {
        long end = System.nanoTime() + longest.toNanos();
        deliveries.forEach(delivery -> require(delivery, end - System.nanoTime()));
    }

    /**
     * Forgets the reports that are in safety.
     *
     * @throws ConnectException if one of them failed, or takes too long
     */
    void settle() {
        for (Report report : reports) {
            if (report.delivery().isDone()) {
                require(report.delivery(), 0);
            } else if (report.sent().plus(longest).isBefore(clock.instant())) {
                throw late(new TimeoutException());
            }
        }
        reports.removeIf(report -> report.delivery().isDone());
    }

    /** The first offset of the partition whose report is not in safety; empty if all are. */
    OptionalLong pending(TopicPartition partition) {
        return reports.stream()
                .filter(report -> report.partition().equals(partition))
                .mapToLong(Report::offset)
                .min();
    }

    /** The partition has another owner, who reports its records again. */
    void forget(TopicPartition partition) {
        reports.removeIf(report -> report.partition().equals(partition));
    }

    private void require(Future<Void> delivery, long nanos) {
        try {
            delivery.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new ConnectException(
                    "A record that cannot be written could not be reported either. Check the topic of"
                            + " errors.deadletterqueue.topic.name, then restart the task; the record will be read again",
                    e.getCause());
        } catch (TimeoutException e) {
            throw late(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException(
                    "Interrupted while waiting for the report of a record that cannot be written", e);
        }
    }

    private ConnectException late(TimeoutException cause) {
        return new ConnectException(
                "The report of a record that cannot be written has not arrived within " + longest.toMillis()
                        + " ms. Check the topic of errors.deadletterqueue.topic.name, then restart the task; the record will"
                        + " be read again",
                cause);
    }

    private static String key(SinkRecord record) {
        String key = String.valueOf(record.key());
        return key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH) + "…";
    }
}
