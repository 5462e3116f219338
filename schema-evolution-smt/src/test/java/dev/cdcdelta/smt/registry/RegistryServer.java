package dev.cdcdelta.smt.registry;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Apicurio's registry in a process of its own, in memory. */
public final class RegistryServer implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "registry");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private RegistryServer(int port) throws IOException {
        this.port = port;
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        DIRECTORY.toAbsolutePath().toFile().list((directory, name) -> name.endsWith("-runner.jar"))[0])
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(DIRECTORY.resolve("server.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    public static RegistryServer start() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            RegistryServer server = new RegistryServer(port);
            await("the registry's first answer")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() ->
                            server.process.isAlive() && server.get("/subjects").startsWith("["));
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Confluent's API. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** Apicurio's own API, which its converter speaks. */
    public String nativeUrl() {
        return "http://127.0.0.1:" + port + "/apis/registry/v2";
    }

    public String get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).GET());
    }

    /** The subject's versions, as {@code [1,2]}. */
    public String versions(String subject) throws IOException {
        return get("/subjects/" + subject + "/versions");
    }

    public void register(String subject, String schema) throws IOException {
        send(HttpRequest.newBuilder(URI.create(url() + "/subjects/" + subject + "/versions"))
                .POST(HttpRequest.BodyPublishers.ofString(AvroText.request(schema))));
    }

    public void setCompatibility(String subject, String level) throws IOException {
        send(HttpRequest.newBuilder(URI.create(url() + "/config/" + subject))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"" + level + "\"}")));
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(
                    request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
