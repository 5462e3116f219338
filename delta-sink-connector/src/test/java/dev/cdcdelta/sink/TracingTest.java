package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cdcdelta.sink.trace.BatchTrace;
import dev.cdcdelta.sink.trace.CommitSpan;
import dev.cdcdelta.sink.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.junit.jupiter.api.Test;

/** The spans of a batch, as an SDK exports them. */
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    @Test
    void aBatchIsLinkedToItsProducersAndHasACommit() {
        BatchTrace batch = new BatchTrace(new Tracing(telemetry), Clock.systemUTC());
        batch.take(headers("b7ad6b7169203331"));
        batch.take(headers("b7ad6b7169203331"));
        batch.take(headers("b7ad6b7169203332"));
        batch.take(new ConnectHeaders());
        try (CommitSpan commit = batch.commit("s3a://lake/orders", 4, 100)) {
            commit.durable();
        }

        SpanData whole = span("batch");
        SpanData commit = span("commit");
        assertThat(whole.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(SpanContext::getTraceId, SpanContext::getSpanId)
                .containsExactly(tuple(TRACE, "b7ad6b7169203331"), tuple(TRACE, "b7ad6b7169203332"));
        assertThat(whole.getParentSpanContext().isValid()).isFalse();
        assertThat(commit.getParentSpanId()).isEqualTo(whole.getSpanId());
        assertThat(whole.getAttributes().asMap().toString()).contains("s3a://lake/orders", "cdcdelta.rows=4");
    }

    @Test
    void anAttemptThatFailsIsTriedAgainWithinTheSameBatch() {
        BatchTrace batch = new BatchTrace(new Tracing(telemetry), Clock.systemUTC());
        batch.take(headers("b7ad6b7169203331"));
        try (CommitSpan first = batch.commit("orders", 1, 1)) {
            first.failed(new IOException("no storage"));
        }
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("commit");
        assertThat(span("commit").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        try (CommitSpan second = batch.commit("orders", 1, 1)) {
            second.durable();
        }

        List<SpanData> spans = exported.getFinishedSpanItems();
        assertThat(spans).extracting(SpanData::getName).containsExactlyInAnyOrder("commit", "batch", "commit");
        assertThat(spans)
                .extracting(SpanData::getTraceId)
                .containsOnly(span("batch").getTraceId());
    }

    @Test
    void withoutAnAgentNothingIsRecorded() {
        Tracing tracing = new Tracing(OpenTelemetry.noop());
        BatchTrace batch = new BatchTrace(tracing, Clock.systemUTC());
        batch.take(headers("b7ad6b7169203331"));

        assertThat(tracing.isActive()).isFalse();
        assertThat(batch.commit("orders", 1, 1)).isSameAs(CommitSpan.NONE);
    }

    private SpanData span(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Headers headers(String span) {
        return new ConnectHeaders().addString("traceparent", "00-" + TRACE + "-" + span + "-01");
    }
}
