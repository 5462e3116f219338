package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.RaceProgram;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Google's own connector against a stand-in for its store: {@code FAKE_GCS_SERVER} is the program of fsouza/fake-gcs-server, which {@code go
 * install} builds, and {@code GCS_CONNECTOR} the shaded jar of com.google.cloud.bigdataoss:gcs-connector.
 */
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "FAKE_GCS_SERVER", matches = ".+")
@EnabledIfEnvironmentVariable(named = "GCS_CONNECTOR", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleStoreTest {
    private Process server;
    private Map<String, String> options;

    @BeforeAll
    void start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String address = "http://127.0.0.1:" + port;
        server = new ProcessBuilder(
                        System.getenv("FAKE_GCS_SERVER"),
                        "-scheme",
                        "http",
                        "-host",
                        "127.0.0.1",
                        "-port",
                        Integer.toString(port),
                        "-external-url",
                        address,
                        "-backend",
                        "memory")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        options = Map.of(
                "fs.gs.storage.root.url", address + "/",
                "fs.gs.auth.type", "UNAUTHENTICATED",
                "fs.gs.project.id", "test");
        HttpRequest bucket = HttpRequest.newBuilder(URI.create(address + "/storage/v1/b?project=test"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"lake\"}"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> client.send(bucket, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    @AfterAll
    void stop() {
        server.destroy();
    }

    @Test
    void oneOfManyThreadsWinsAnObject() throws Exception {
        ChildProcess process = run(RaceProgram.class, "gs://lake/tables", "20");

        assertThat(process.output()).contains(RaceProgram.DONE);
    }

    @Test
    void documentsAreUpsertedAndDeletedOverARestart(@TempDir Path directory) throws Exception {
        ChildProcess process = run(GuardedStoreProgram.class, directory.toString(), "gs://lake/sink");

        assertThat(process.output()).contains(GuardedStoreProgram.DONE);
    }

    private ChildProcess run(Class<?> program, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        options.forEach((key, value) -> all.add(key + "=" + value));
        return ChildProcess.run(program, List.of(System.getenv("GCS_CONNECTOR")), List.of(), all);
    }
}
