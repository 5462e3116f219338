package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One open change-stream cursor. Used by one connection at a time, as drivers do. */
final class ChangeStream {
    private static final int SCAN_SIZE = 1_000;
    private static final int REPLY_BYTES = 8 * 1024 * 1024;

    private final ChangeLog log;
    private final ChangeScope scope;
    private final ChangeEvents events;
    private final Aggregation pipeline;

    /** Everything up to this cluster time has been handed out or filtered away. */
    private long position;

    ChangeStream(ChangeLog log, ChangeScope scope, ChangeEvents events, Aggregation pipeline, long position) {
        this.log = log;
        this.scope = scope;
        this.events = events;
        this.pipeline = pipeline;
        this.position = position;
    }

    ChangeScope scope() {
        return scope;
    }

    ResumeToken resumeToken() {
        return new ResumeToken(position);
    }

    /** The next events; empty when none came in the time given. */
    List<Document> next(int batchSize, Duration timeout) throws InterruptedException {
        List<Document> batch = scan(batchSize);
        if (batch.isEmpty() && !timeout.isZero()) {
            log.await(position, timeout);
            batch = scan(batchSize);
        }
        return batch;
    }

    private List<Document> scan(int batchSize) {
        // Read before the changes are: what is appended meanwhile has a later time and comes with the next scan.
        long complete = log.latest();
        List<Document> batch = new ArrayList<>();
        long bytes = 0;
        List<LoggedChange> changes = log.after(position, SCAN_SIZE);
        for (LoggedChange change : changes) {
            if (batch.size() >= batchSize || bytes >= REPLY_BYTES) {
                return batch;
            }
            if (scope.covers(change.namespace())) {
                for (Document event : pipeline.runStages(List.of(events.event(change)).stream())) {
                    batch.add(event);
                    bytes += WireSize.of(event);
                }
            }
            position = change.timestamp();
        }
        if (changes.size() < SCAN_SIZE) {
            position = Math.max(position, complete);
        }
        return batch;
    }
}
