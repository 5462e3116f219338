package dev.cdcdelta.sink.table.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarehouseProbeTest {
    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aSoundDirectoryPassesAndIsLeftClean() {
        assertThatCode(() -> WarehouseProbe.probe("file://" + directory, Map.of()))
                .doesNotThrowAnyException();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSoundBucketPasses() {
        server.requests.clear();

        assertThatCode(() -> WarehouseProbe.probe("s3a://lake/warehouse", server.options()))
                .doesNotThrowAnyException();

        assertThat(server.requests)
                .extracting(request -> request.replaceAll("probe_.*", "probe"))
                .containsExactly(
                        "PUT warehouse/_cdcdelta_probe",
                        "PUT warehouse/_cdcdelta_probe",
                        "HEAD warehouse/_cdcdelta_probe",
                        "GET warehouse/_cdcdelta_probe",
                        "DELETE warehouse/_cdcdelta_probe");
    }

    @Test
    void theProbeIsTakenAwayWhenItsSecondPutFails() {
        server.requests.clear();
        server.failNextPuts(InProcessS3.Fault.NONE, InProcessS3.Fault.DENIED);

        assertThatThrownBy(() -> WarehouseProbe.probe("s3a://lake/warehouse", server.options()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("refuses these credentials");

        assertThat(server.requests)
                .extracting(request -> request.replaceAll("probe_.*", "probe"))
                .contains("DELETE warehouse/_cdcdelta_probe");
    }

    @Test
    void aMissingBucketIsNamed() {
        assertThatThrownBy(() -> WarehouseProbe.probe("s3a://nowhere/warehouse", server.options()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("s3a://nowhere/warehouse")
                .hasMessageContaining("bucket does not exist");
    }

    @Test
    void wrongKeysAreNamedAndNotShown() {
        Map<String, String> options = new HashMap<>(server.options());
        options.put("fs.s3a.secret.key", "a-wrong-secret");

        assertThatThrownBy(() -> WarehouseProbe.probe("s3a://lake/warehouse", options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fs.s3a.access.key")
                .hasMessageNotContaining("a-wrong-secret");
    }

    @Test
    void anEndpointThatRefusesConnectionsIsNamed() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        expectUnreachable(freePort);
    }

    @Test
    void anEndpointThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> expectUnreachable(silent.getLocalPort()));
        }
    }

    private void expectUnreachable(int port) {
        Map<String, String> options = new HashMap<>(server.options());
        options.put("fs.s3a.endpoint", "http://127.0.0.1:" + port);

        assertThatThrownBy(() -> WarehouseProbe.probe("s3a://lake/warehouse", options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http://127.0.0.1:" + port + " cannot be reached");
    }

    @Test
    void aLocationOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> WarehouseProbe.probe("hdfs://host/path", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("s3a://bucket/path");
    }

    @Test
    void aFileInTheWayOfTheDirectoryIsExplained() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> WarehouseProbe.probe("file://" + file + "/warehouse", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("file://" + file + "/warehouse");
        Files.delete(file);
    }
}
