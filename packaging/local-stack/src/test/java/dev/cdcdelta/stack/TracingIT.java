package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.service.Installation;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker with OpenTelemetry's agent, and what a receiver of OTLP gets from it: from the source connector's producer to the commit. */
class TracingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path directory;

    @Test
    void aCommitLeadsBackToTheProducersOfItsRecords() throws Exception {
        try (TraceReceiver receiver = TraceReceiver.start();
                LocalStack stack = LocalStack.start(StackUnderTest.in(directory)
                        .withWorkerOptions(List.of(
                                "-javaagent:" + Installation.find().agent("opentelemetry-javaagent"),
                                "-Dotel.service.name=connect",
                                "-Dotel.traces.exporter=otlp",
                                "-Dotel.metrics.exporter=none",
                                "-Dotel.logs.exporter=none",
                                "-Dotel.exporter.otlp.protocol=http/protobuf",
                                "-Dotel.exporter.otlp.endpoint=" + receiver.endpoint(),
                                "-Dotel.bsp.schedule.delay=500")));
                MongoClient mongodb = MongoClients.create(stack.description().mongodbUri())) {
            MongoCollection<Document> orders = mongodb.getDatabase("shop").getCollection("orders");
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                documents.add(new Document("_id", i).append("n", i));
            }
            orders.insertMany(documents);
            ConnectRest connect = new ConnectRest(stack.description().connectUrl());
            connect.putConnector("orders-source", OrdersPipeline.source(stack.description()));
            connect.putConnector("orders-sink", SinkSettings.of(stack.description(), "orders-sink", "t.shop.orders"));

            await("the spans of a batch")
                    .atMost(PATIENCE)
                    .until(() -> !receiver.named("batch").isEmpty()
                            && !receiver.named("commit").isEmpty());

            Span batch = receiver.named("batch").get(0);
            assertThat(receiver.spans())
                    .filteredOn(received -> received.span().equals(batch))
                    .extracting(TraceReceiver.Received::scope)
                    .containsExactly("dev.cdcdelta");
            assertThat(receiver.named("commit")).anySatisfy(commit -> {
                assertThat(commit.getTraceId()).isEqualTo(batch.getTraceId());
                assertThat(commit.getParentSpanId()).isEqualTo(batch.getSpanId());
            });
            await("what produced the batch's records").atMost(PATIENCE).untilAsserted(() -> {
                Set<String> producers = receiver.spans().stream()
                        .map(TraceReceiver.Received::span)
                        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_PRODUCER)
                        .filter(span -> span.getName().startsWith("t.shop.orders "))
                        .map(span -> id(span.getTraceId(), span.getSpanId()))
                        .collect(Collectors.toSet());
                List<String> links = batch.getLinksList().stream()
                        .map(link -> id(link.getTraceId(), link.getSpanId()))
                        .toList();
                assertThat(links).isNotEmpty();
                assertThat(producers).containsAll(links);
            });
        }
    }

    private static String id(ByteString trace, ByteString span) {
        return HexFormat.of().formatHex(trace.toByteArray()) + " "
                + HexFormat.of().formatHex(span.toByteArray());
    }
}
