package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The open change-stream cursors. Their numbers are far from those of the library's own cursors. */
final class ChangeStreams {
    private static final long FIRST_CURSOR = 1L << 40;
    private static final int DEFAULT_BATCH = 1_000;

    /** Waiting blocks a thread of the network layer, which serves other connections too. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final ChangeLog log;
    private final ChangeEvents.Lookup lookup;
    private final Function<List<Document>, Aggregation> pipelines;
    private final Map<Long, ChangeStream> streams = new ConcurrentHashMap<>();
    private final AtomicLong lastCursor = new AtomicLong(FIRST_CURSOR);

    ChangeStreams(ChangeLog log, ChangeEvents.Lookup lookup, Function<List<Document>, Aggregation> pipelines) {
        this.log = log;
        this.lookup = lookup;
        this.pipelines = pipelines;
    }

    static boolean isChangeStreamCursor(long cursor) {
        return cursor > FIRST_CURSOR;
    }

    Document open(ChangeScope scope, List<Document> pipeline) throws InterruptedException {
        ChangeStreamOptions options = ChangeStreamOptions.parse(pipeline.get(0));
        long position = options.startAfter().orElseGet(log::latest);
        if (!log.reaches(position)) {
            throw new MongoServerError(
                    286,
                    "ChangeStreamHistoryLost",
                    "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
        }
        List<Document> stages = pipeline.subList(1, pipeline.size()).stream()
                .filter(stage -> !stage.containsKey("$changeStreamSplitLargeEvent"))
                .toList();
        ChangeStream stream =
                new ChangeStream(log, scope, new ChangeEvents(options, lookup), pipelines.apply(stages), position);
        long cursor = lastCursor.incrementAndGet();
        streams.put(cursor, stream);
        return reply(cursor, stream, "firstBatch", List.of());
    }

    Document next(long cursor, Document command) throws InterruptedException {
        ChangeStream stream = streams.get(cursor);
        if (stream == null) {
            throw new CursorNotFoundException(cursor);
        }
        int batchSize = number(command, "batchSize", DEFAULT_BATCH);
        Duration wait = Duration.ofMillis(Math.min(number(command, "maxTimeMS", 1_000), LONGEST_WAIT.toMillis()));
        return reply(cursor, stream, "nextBatch", stream.next(batchSize == 0 ? DEFAULT_BATCH : batchSize, wait));
    }

    /** @return whether there was such a cursor */
    boolean close(long cursor) {
        return streams.remove(cursor) != null;
    }

    private static int number(Document command, String field, int otherwise) {
        return command.get(field) instanceof Number number ? number.intValue() : otherwise;
    }

    private static Document reply(long cursor, ChangeStream stream, String batchName, List<Document> batch) {
        Document fields = new Document("id", cursor)
                .append("ns", stream.scope().cursorNamespace())
                .append(batchName, batch)
                .append("postBatchResumeToken", stream.resumeToken().toDocument());
        return new Document("cursor", fields).append("ok", 1.0);
    }
}
