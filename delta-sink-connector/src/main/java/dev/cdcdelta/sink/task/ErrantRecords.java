package dev.cdcdelta.sink.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records that no row could be made of. No offset passes one of them before its report is in safety. */
final class ErrantRecords {
    private static final int MAX_KEY_LENGTH = 200;
    private static final int MAX_PENDING = 1_000;

    private final @Nullable ErrantRecordReporter reporter;
    private final List<Future<Void>> reports = new ArrayList<>();

    /** @param reporter null where the user has asked for none */
    ErrantRecords(@Nullable ErrantRecordReporter reporter) {
        this.reporter = reporter;
    }

    /** @throws ConnectException if nobody takes such records */
    void report(SinkRecord record, DataException cause) {
        String problem = "The record of topic " + record.originalTopic() + ", partition "
                + record.originalKafkaPartition() + ", offset " + record.originalKafkaOffset() + ", key " + key(record)
                + " cannot be written: " + cause.getMessage();
        if (reporter == null) {
            throw new ConnectException(
                    problem
                            + ". To go on without such records, set errors.tolerance=all and errors.deadletterqueue.topic.name",
                    cause);
        }
        reports.add(reporter.report(record, new DataException(problem, cause)));
        if (reports.size() >= MAX_PENDING) {
            await();
        }
    }

    /** Waits until all reports are in safety. */
    void await() {
        for (Future<Void> report : reports) {
            try {
                report.get();
            } catch (ExecutionException e) {
                throw new ConnectException(
                        "A record that cannot be written could not be reported either. Check the topic of"
                                + " errors.deadletterqueue.topic.name, then restart the task; the record will be read again",
                        e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectException(
                        "Interrupted while waiting for the report of a record that cannot be written", e);
            }
        }
        reports.clear();
    }

    private static String key(SinkRecord record) {
        String key = String.valueOf(record.key());
        return key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH) + "…";
    }
}
