package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets are checked before they are sent, and changed while the connector stands still. */
class OffsetsTest {
    private static final String SINK_OFFSETS =
            "{\"offsets\":[{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":0},\"offset\":{\"kafka_offset\":7}}]}";
    private static final String SOURCE_OFFSETS =
            "{\"offsets\":[{\"partition\":{\"server_id\":\"shop\"},\"offset\":{\"sec\":5,\"resume_token\":\"abc\"}}]}";

    @TempDir
    Path directory;

    private final FakeConnect connect = fake();

    private static FakeConnect fake() {
        try {
            return new FakeConnect();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void connectors() {
        connector("other-sink", "org.example.Sink", SINK_OFFSETS);
        connector("delta-sink", "dev.cdcdelta.sink.DeltaSinkConnector", SINK_OFFSETS);
        connector("source", "io.debezium.connector.mongodb.MongoDbConnector", SOURCE_OFFSETS);
    }

    private void connector(String name, String connectorClass, String offsets) {
        put(name, "{\"name\":\"" + name + "\",\"connector.class\":\"" + connectorClass + "\"}");
        connect.answer("GET /connectors/" + name + "/offsets", 200, offsets);
        connect.answer("PATCH /connectors/" + name + "/offsets", 200, "{\"message\":\"done\"}");
        connect.answer("DELETE /connectors/" + name + "/offsets", 200, "{\"message\":\"done\"}");
    }

    private void put(String connector, String config) {
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(connect.url() + "/connectors/" + connector + "/config"))
                                    .PUT(HttpRequest.BodyPublishers.ofString(config))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        connect.requests.clear();
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private CliRun offsets(String... arguments) {
        return CliRun.of(Stream.concat(
                        Stream.concat(Stream.of("offsets"), Stream.of(arguments)),
                        Stream.of("--connect", connect.url(), "-o", "csv"))
                .toArray(String[]::new));
    }

    private List<String> changes() {
        return connect.requests.stream().filter(each -> !each.startsWith("GET")).toList();
    }

    @Test
    void offsetsAreShownAsConnectTellsThem() {
        assertThat(offsets("show", "source").out()).isEqualTo("""
                partition,offset
                "{""server_id"":""shop""}","{""sec"":5,""resume_token"":""abc""}"
                """);
        CliRun none = offsets("show", "nobody");
        assertThat(none.exitCode()).isEqualTo(5);
        assertThat(none.err()).contains("no connector 'nobody'");
    }

    @Test
    void aRunningConnectorIsStoppedAndResumed() {
        CliRun run = offsets("set", "other-sink", "--place", "t:0=3");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("resumed");
        assertThat(changes())
                .containsExactly(
                        "PUT /connectors/other-sink/stop",
                        "PATCH /connectors/other-sink/offsets",
                        "PUT /connectors/other-sink/resume");
        assertThat(connect.bodies).anyMatch(body -> body.contains("\"kafka_offset\":3"));
    }

    @Test
    void aStoppedConnectorStaysStopped() {
        assertThat(offsets("reset", "source").exitCode()).isZero();
        assertThat(changes()).last().isEqualTo("PUT /connectors/source/resume");
        connect.requests.clear();
        CliRun.of("connector", "stop", "source", "--connect", connect.url());
        connect.requests.clear();

        CliRun run = offsets("reset", "source");

        assertThat(run.out()).contains("connector stopped");
        assertThat(changes()).containsExactly("DELETE /connectors/source/offsets");
    }

    @Test
    void aTrialChangesNothing() {
        CliRun run = offsets("set", "other-sink", "--place", "t:0=3", "--dry-run");

        assertThat(run.out()).contains("would be set");
        assertThat(offsets("reset", "source", "--dry-run").out()).contains("would be forgotten");
        assertThat(changes()).isEmpty();
    }

    @Test
    void placesThatTheConnectorDoesNotHaveAndOtherFormsAreRefused() throws IOException {
        assertThat(offsets("set", "other-sink", "--place", "t:1=3").err()).contains("no place");
        assertThat(offsets("set", "other-sink", "--place", "nonsense").err()).contains("topic:partition=offset");
        Path file = directory.resolve("offsets.json");
        Files.writeString(
                file,
                "[{\"partition\":{\"server_id\":\"shop\"},\"offset\":{\"sec\":\"five\",\"resume_token\":\"x\"}}]");
        assertThat(offsets("set", "source", "--from", file.toString()).err()).contains("no field 'sec' of that kind");
        Files.writeString(file, "[{\"partition\":{\"server_id\":\"shop\"},\"offset\":{\"token\":\"x\"}}]");
        assertThat(offsets("set", "source", "--from", file.toString()).exitCode())
                .isEqualTo(2);
        assertThat(changes()).isEmpty();
        Files.writeString(
                file, "[{\"partition\":{\"server_id\":\"shop\"},\"offset\":{\"sec\":4,\"resume_token\":\"x\"}}]");
        assertThat(offsets("set", "source", "--from", file.toString()).exitCode())
                .isZero();
        assertThat(changes()).contains("PATCH /connectors/source/offsets");
    }

    @Test
    void aDeltaSinkGoesByItsTables() {
        CliRun run = offsets("reset", "delta-sink");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("offsets within its tables");
        assertThat(changes()).isEmpty();
        assertThat(offsets("reset", "delta-sink", "--force").exitCode()).isZero();
    }
}
