package dev.cdcdelta.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus, where one is installed, with this project's settings but for addresses and the pace. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private PrometheusServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** The program of that name on the path; empty where Debian's package prometheus is not installed. */
    static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param monitoring the project's folder of that name
     * @param worker host and port of the exporter, in place of {@code connect:9404}
     */
    static PrometheusServer start(Path program, Path monitoring, Path directory, String worker, int port)
            throws IOException {
        String settings = Files.readString(monitoring.resolve("prometheus/prometheus.yml"))
                .replace("connect:9404", worker)
                .replace("localhost:9090", "127.0.0.1:" + port)
                .replace("rules/*.yml", monitoring.resolve("prometheus/rules").toAbsolutePath() + "/*.yml")
                .replace("15s", "2s");
        Path file = Files.writeString(directory.resolve("prometheus.yml"), settings);
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("prometheus-data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(process, "http://127.0.0.1:" + port);
        try {
            await("Prometheus").atMost(Duration.ofMinutes(1)).until(server::isReady);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How many series an expression has now. */
    int series(String expression) throws IOException, InterruptedException {
        JsonNode answer =
                JSON.readTree(get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                        .body());
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.get("data").get("result").size();
    }

    /** The expressions of the alerts that it has loaded. */
    List<String> alerts() throws IOException, InterruptedException {
        JsonNode groups = JSON.readTree(get("/api/v1/rules?type=alert").body())
                .get("data")
                .get("groups");
        return groups.findValuesAsText("query");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
