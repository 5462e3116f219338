package dev.cdcdelta.admin.rest;

import dev.cdcdelta.admin.context.Login;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Authorization header of each request. */
final class Authorization {
    private final Login login;
    private final @Nullable TokenEndpoint endpoint;

    /** @param http to ask a token endpoint with */
    Authorization(Login login, HttpClient http) {
        this.login = login;
        this.endpoint = login instanceof Login.ClientCredentials client
                ? new TokenEndpoint(client, http, Clock.systemUTC())
                : null;
    }

    Optional<String> header() {
        if (login instanceof Login.Basic basic) {
            byte[] pair = (basic.user() + ":" + basic.password().value()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        if (login instanceof Login.Bearer bearer) {
            return Optional.of("Bearer " + bearer.token().value());
        }
        return Optional.ofNullable(endpoint).map(tokens -> "Bearer " + tokens.token());
    }

    /** Whether after an answer of 401 another header may do better: a token can be withdrawn before it expires. */
    boolean renew() {
        if (endpoint == null) {
            return false;
        }
        endpoint.forget();
        return true;
    }
}
