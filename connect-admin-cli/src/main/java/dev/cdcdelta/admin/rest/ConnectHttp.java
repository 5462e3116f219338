package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.context.Secret;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests to Connect's REST API and their answers as records. A worker answers 409 while its group rebalances; such a request did
 * nothing and is sent again until the patience runs out.
 */
public final class ConnectHttp {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final URI base;
    private final @Nullable Secret token;
    private final Patience patience;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** How long to go on asking a cluster that rebalances, and how long to wait in between. */
    public record Patience(Duration whole, Duration pause) {
        public static final Patience DEFAULT = new Patience(Duration.ofSeconds(60), Duration.ofMillis(500));
    }

    public ConnectHttp(String url, @Nullable Secret token, Patience patience) {
        this.base = parse(url);
        this.token = token;
        this.patience = patience;
    }

    /** The address without credentials, for messages. */
    public String address() {
        return base.getScheme() + "://" + base.getAuthority().replaceFirst("^.*@", "") + base.getPath();
    }

    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    <T> T get(String path, TypeReference<T> type) {
        return find(path, type).orElseThrow(() -> unexpectedlyMissing(path));
    }

    /** Empty if the server knows no such thing. */
    <T> Optional<T> find(String path, TypeReference<T> type) {
        HttpResponse<String> answer = send("GET", path, null);
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(body(answer, type));
    }

    <T> T put(String path, Object body, TypeReference<T> type) {
        HttpResponse<String> answer = send("PUT", path, body);
        if (answer.statusCode() == NOT_FOUND) {
            throw unexpectedlyMissing(path);
        }
        return body(answer, type);
    }

    /** False if there was nothing to delete. */
    boolean delete(String path) {
        return send("DELETE", path, null).statusCode() != NOT_FOUND;
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) {
        long deadline = System.nanoTime() + patience.whole().toNanos();
        HttpResponse<String> answer = exchange(method, path, body);
        while (answer.statusCode() == CONFLICT && System.nanoTime() < deadline) {
            Pause.of(patience.pause());
            answer = exchange(method, path, body);
        }
        int status = answer.statusCode();
        if (status / 100 == 2 || status == NOT_FOUND) {
            return answer;
        }
        throw Refusal.of(address(), method + " " + path, status, answer.body());
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable Object body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(100))
                .header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token.value());
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(text(body)));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "Kafka Connect at " + address() + " does not answer.",
                    e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                    "Start it ('stack up' for a local one), or name its address with --connect or --context.",
                    e);
        } catch (InterruptedException e) {
            throw Pause.interrupted(e);
        }
    }

    private <T> T body(HttpResponse<String> answer, TypeReference<T> type) {
        String text = answer.statusCode() == NO_CONTENT ? "null" : answer.body();
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "What answers at " + answer.uri().getPath() + " of " + address() + " is not Kafka Connect.",
                    e.getOriginalMessage(),
                    "Name the address of Connect's REST API with --connect.",
                    e);
        }
    }

    private CommandException unexpectedlyMissing(String path) {
        return new CommandException(
                ExitCode.REFUSED,
                "The server at " + address() + " knows no " + path + ".",
                "",
                "Name the address of Connect's REST API, its path prefix included, with --connect.");
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings are always writable", e);
        }
    }

    private static URI parse(String url) {
        try {
            URI uri = URI.create(url.replaceFirst("/+$", ""));
            if (uri.getAuthority() != null
                    && uri.getScheme() != null
                    && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, notAnAddress(), "", exampleAddress(), e);
        }
        throw CommandException.usage(notAnAddress(), exampleAddress());
    }

    private static String notAnAddress() {
        return "Connect's address is not an http or https URL.";
    }

    private static String exampleAddress() {
        return "Give it as in --connect " + "http://localhost:8083.";
    }
}
