package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.context.Login;
import dev.cdcdelta.admin.context.Tls;
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
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to Connect's REST API and their answers as records. A worker answers 409 while its group rebalances; such a request did
 * nothing and is sent again until the patience runs out.
 */
public final class ConnectHttp {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final URI base;
    private final Patience patience;
    private final HttpClient client;
    private final Authorization authorization;

    public ConnectHttp(String url, Login login, Tls tls, Patience patience) {
        this.base = parse(url);
        this.patience = patience;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).version(HttpClient.Version.HTTP_1_1);
        boolean secured = base.getScheme().equals("https") || login instanceof Login.ClientCredentials;
        if (!secured) {
            builder.sslContext(TlsClient.unused());
        } else if (!tls.isDefault()) {
            builder.sslContext(new TlsClient(tls).context());
        }
        this.client = builder.build();
        this.authorization = new Authorization(login, client);
    }

    /** The address without credentials, for messages. */
    public String address() {
        return base.getScheme() + "://" + base.getAuthority().replaceFirst("^.*@", "") + base.getPath();
    }

    /** What the worker's clock shows, to the second; empty if its answers do not tell. */
    public Optional<Instant> time() {
        return send("GET", "/", null)
                .headers()
                .firstValue("Date")
                .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
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

    /**
     * A request whose answer says nothing but that it was taken.
     *
     * @param body null for none
     * @return false if the server knows no such thing
     */
    boolean act(String method, String path, @Nullable Object body) {
        return send(method, path, body).statusCode() != NOT_FOUND;
    }

    /** False if there was nothing to delete. */
    boolean delete(String path) {
        return act("DELETE", path, null);
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) {
        long deadline = System.nanoTime() + patience.whole().toNanos();
        Duration pause = patience.pause();
        HttpResponse<String> answer = authorized(method, path, body);
        while (answer.statusCode() == CONFLICT && !Refusal.isLasting(answer.body()) && System.nanoTime() < deadline) {
            Pause.of(pause);
            pause = patience.after(pause);
            answer = authorized(method, path, body);
        }
        int status = answer.statusCode();
        if (status / 100 == 2 || status == NOT_FOUND) {
            return answer;
        }
        throw Refusal.of(address(), method + " " + path, status, answer.body());
    }

    private HttpResponse<String> authorized(String method, String path, @Nullable Object body) {
        HttpResponse<String> answer = exchange(method, path, body);
        return answer.statusCode() == UNAUTHORIZED && authorization.renew() ? exchange(method, path, body) : answer;
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable Object body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(100))
                .header("Accept", "application/json");
        authorization.header().ifPresent(header -> request.header("Authorization", header));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(text(body)));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (SSLException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "Kafka Connect at " + address() + " and this program do not agree on TLS.",
                    reason(e),
                    "Name the certificates to trust with 'trust' in the context, and a client certificate where the worker wants one.",
                    e);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "Kafka Connect at " + address() + " does not answer.",
                    reason(e),
                    "Start it ('stack up' for a local one), or name its address with --connect or --context.",
                    e);
        } catch (InterruptedException e) {
            throw Pause.interrupted(e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    /** An empty answer is null to the reader. */
    private <T> T body(HttpResponse<String> answer, TypeReference<T> type) {
        String text = answer.body().isEmpty() ? "null" : answer.body();
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
