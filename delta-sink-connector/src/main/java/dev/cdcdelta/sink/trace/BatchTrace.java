package dev.cdcdelta.sink.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one batch: from its first record until its commit is durable, with a child for each attempt to commit. Filled by the task's
 * thread, then the flush thread's own.
 */
public final class BatchTrace {
    /** A batch may hold a million records; the first traces stand for all. */
    private static final int MOST_LINKS = 64;

    private static final AttributeKey<String> TABLE = AttributeKey.stringKey("cdcdelta.table");
    private static final AttributeKey<Long> ROWS = AttributeKey.longKey("cdcdelta.rows");
    private static final AttributeKey<Long> BYTES = AttributeKey.longKey("cdcdelta.buffered_bytes");

    private final Tracing tracing;
    private final Clock clock;
    private final Map<String, SpanContext> producers = new LinkedHashMap<>();
    private @Nullable Instant first;
    private @Nullable Span span;

    public BatchTrace(Tracing tracing, Clock clock) {
        this.tracing = tracing;
        this.clock = clock;
    }

    /** A record goes into the batch. */
    public void take(Headers headers) {
        if (!tracing.isActive()) {
            return;
        }
        if (first == null) {
            first = clock.instant();
        }
        if (producers.size() < MOST_LINKS) {
            SpanContext producer = tracing.of(headers);
            if (producer.isValid()) {
                producers.putIfAbsent(producer.getTraceId() + producer.getSpanId(), producer);
            }
        }
    }

    /** Begins an attempt to commit the batch, in the thread that carries it out. */
    public CommitSpan commit(String table, long rows, long bytes) {
        if (!tracing.isActive() || first == null) {
            return CommitSpan.NONE;
        }
        Span batch = span;
        if (batch == null) {
            SpanBuilder builder = tracing.tracer()
                    .spanBuilder("batch")
                    .setNoParent()
                    .setStartTimestamp(first)
                    .setAttribute(TABLE, table)
                    .setAttribute(ROWS, rows)
                    .setAttribute(BYTES, bytes);
            producers.values().forEach(builder::addLink);
            batch = builder.startSpan();
            span = batch;
        }
        Span commit = tracing.tracer()
                .spanBuilder("commit")
                .setParent(Context.root().with(batch))
                .setAttribute(TABLE, table)
                .startSpan();
        return new CommitSpan.Recorded(commit, batch, commit.makeCurrent());
    }
}
