package dev.cdcdelta.sink.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry, as the worker's Java agent has set it up. Without an agent the API does nothing, and so do we: no record's headers are
 * looked at.
 */
public final class Tracing {
    private static final String SCOPE = "dev.cdcdelta";

    private static final TextMapGetter<Headers> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            Header header = headers == null ? null : headers.lastWithName(key);
            return header == null || header.value() == null ? null : String.valueOf(header.value());
        }
    };

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final boolean active;

    /** @param telemetry {@link GlobalOpenTelemetry}, or a test's */
    public Tracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
        // Whoever sets tracing up sets up how it travels; the API alone knows no way.
        this.active = !propagator.fields().isEmpty();
    }

    /** What the agent has set up for this worker. */
    public static Tracing ofWorker() {
        return new Tracing(GlobalOpenTelemetry.get());
    }

    /** Whether anybody listens. */
    public boolean isActive() {
        return active;
    }

    public Tracer tracer() {
        return tracer;
    }

    /** The trace that a record came with; an invalid one if it came with none. */
    SpanContext of(Headers headers) {
        return Span.fromContext(propagator.extract(Context.root(), headers, HEADERS))
                .getSpanContext();
    }
}
