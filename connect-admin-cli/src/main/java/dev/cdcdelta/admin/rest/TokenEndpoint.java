package dev.cdcdelta.admin.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.context.Login;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tokens of OAuth 2 client credentials (RFC 6749, 4.4); one is kept, in memory, until shortly before it expires. */
final class TokenEndpoint {
    /** A token is not sent on its last way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);
    /** RFC 6749 leaves it to the server to say nothing of the expiry. */
    private static final Duration UNSAID = Duration.ofMinutes(1);

    private final Login.ClientCredentials client;
    private final HttpClient http;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(String text, Instant until) {}

    TokenEndpoint(Login.ClientCredentials client, HttpClient http, Clock clock) {
        this.client = client;
        this.http = http;
        this.clock = clock;
    }

    String token() {
        Token known = token;
        if (known == null || !clock.instant().isBefore(known.until())) {
            known = fetch();
            token = known;
        }
        return known.text();
    }

    /** The next one is fetched, whatever this one said of its expiry. */
    void forget() {
        token = null;
    }

    private Token fetch() {
        HttpResponse<String> answer = ask();
        JsonNode body = json(answer.body());
        if (answer.statusCode() != 200) {
            // RFC 6749, 5.2: 'error' is one of a few words, so it holds no secret; a description might quote the
            // request.
            String error = body.path("error").asText("");
            throw failed(
                    ExitCode.REFUSED,
                    "answered " + answer.statusCode() + ".",
                    error.matches("[a-z_]{1,40}") ? error : "",
                    "Check clientId, clientSecret, scope and audience of the context.",
                    null);
        }
        if (!body.path("access_token").isTextual()) {
            throw failed(
                    ExitCode.REFUSED,
                    "gives no access_token.",
                    "",
                    "Check tokenUrl: it is the token endpoint, not the issuer's address.",
                    null);
        }
        Duration lifetime = body.path("expires_in").canConvertToLong()
                ? Duration.ofSeconds(body.path("expires_in").asLong()).minus(MARGIN)
                : UNSAID;
        return new Token(body.path("access_token").textValue(), clock.instant().plus(lifetime));
    }

    private HttpResponse<String> ask() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (client.scope() != null) {
            form.put("scope", client.scope());
        }
        if (client.audience() != null) {
            form.put("audience", client.audience());
        }
        String credentials =
                encoded(client.clientId()) + ":" + encoded(client.clientSecret().value());
        HttpRequest request = HttpRequest.newBuilder(address())
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw failed(
                    ExitCode.UNREACHABLE,
                    "does not answer.",
                    e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                    "Check tokenUrl, and trust for its certificate.",
                    e);
        } catch (InterruptedException e) {
            throw Pause.interrupted(e);
        }
    }

    /** The client's secret travels to it: over TLS, or not further than this machine. */
    private URI address() {
        try {
            URI address = URI.create(client.tokenUrl());
            String host = String.valueOf(address.getHost());
            if ("https".equals(address.getScheme()) || host.matches("localhost|127\\.0\\.0\\.1|\\[::1]")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, noAddress(), "", addressRemedy(), e);
        }
        throw CommandException.usage(noAddress(), addressRemedy());
    }

    private static String noAddress() {
        return "The context's tokenUrl is no https URL.";
    }

    private static String addressRemedy() {
        return "Give the token endpoint of your identity provider, as its .well-known/openid-configuration names it.";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(String body) {
        try {
            JsonNode answer = new ObjectMapper().readTree(body);
            return answer == null ? new ObjectMapper().nullNode() : answer;
        } catch (JsonProcessingException e) {
            // Whatever it is, it is no answer of a token endpoint, and that is said of it.
            return new ObjectMapper().nullNode();
        }
    }

    private CommandException failed(
            ExitCode code, String what, String reason, String remedy, @Nullable Exception cause) {
        return new CommandException(
                code, "The token endpoint " + client.tokenUrl() + " " + what, reason, remedy, cause);
    }
}
