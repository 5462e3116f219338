package dev.cdcdelta.worker.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of a login. It is kept alive by a thread, since Vault revokes what a token has been given (leases of database
 * users, say) when the token ends. Safe for many threads.
 */
final class VaultSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);
    /** Renewed when so much of its life has passed: time enough to try again. */
    private static final double RENEWAL = 2.0 / 3;

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final VaultHttp http;
    private final Login login;
    private final Clock clock;
    private final ScheduledExecutorService upkeep;
    private @Nullable Token token;

    VaultSession(VaultHttp http, Login login, Clock clock) {
        this.http = http;
        this.login = login;
        this.clock = clock;
        this.upkeep = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vault-token-upkeep");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param end null for a token that does not end */
    private record Token(String text, @Nullable Instant end, boolean renewable) {
        @Override
        public String toString() {
            return "Token[end=" + end + "]";
        }
    }

    synchronized String token() {
        Token present = token;
        if (present == null || present.end() != null && !clock.instant().isBefore(present.end())) {
            present = begin();
        }
        return present.text();
    }

    /** For a token that the server does not know any more. */
    synchronized void forget(String refused) {
        if (token != null && token.text().equals(refused)) {
            token = null;
        }
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
    }

    private Token begin() {
        Token begun = logIn();
        token = begun;
        schedule(begun);
        return begun;
    }

    private void schedule(Token begun) {
        if (begun.end() != null) {
            long life = Duration.between(clock.instant(), begun.end()).toMillis();
            upkeep.schedule(() -> keep(begun), Math.max(1, (long) (life * RENEWAL)), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void keep(Token old) {
        if (token != old) {
            return;
        }
        try {
            if (!old.renewable() || !renew(old)) {
                begin();
            }
        } catch (KafkaException e) {
            LOG.warn(
                    "The token for Vault could not be kept alive; trying again in {} s. Secrets can be read until it ends{}.",
                    RETRY.toSeconds(),
                    old.end() == null ? "" : " at " + old.end(),
                    e);
            upkeep.schedule(() -> keep(old), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean renew(Token old) {
        VaultReply reply = http.post("auth/token/renew-self", old.text(), Map.of());
        if (!reply.isSuccess()) {
            return false;
        }
        Token renewed = ofAuth(reply.body().path("auth"));
        boolean hasGrown =
                renewed.end() == null || old.end() == null || renewed.end().isAfter(old.end());
        if (hasGrown) {
            token = renewed;
            schedule(renewed);
        }
        // Not where it has reached its longest life: then a new login takes over.
        return hasGrown;
    }

    private Token logIn() {
        if (login instanceof Login.Token fixed) {
            return lookUp(fixed.token().read());
        }
        if (login instanceof Login.AppRole role) {
            return logIn(
                    role.mount(),
                    Map.of(
                            "role_id",
                            role.roleId(),
                            "secret_id",
                            role.secretId().read()));
        }
        Login.Jwt jwt = (Login.Jwt) login;
        return logIn(jwt.mount(), Map.of("role", jwt.role(), "jwt", jwt.jwt().read()));
    }

    private Token logIn(String mount, Map<String, String> body) {
        VaultReply reply = http.post("auth/" + mount + "/login", null, body);
        require(reply, "The login to Vault at auth/" + mount + " failed");
        return ofAuth(reply.body().path("auth"));
    }

    private Token lookUp(String text) {
        VaultReply reply = http.get("auth/token/lookup-self", text);
        require(reply, "Vault does not take the token");
        JsonNode data = reply.body().path("data");
        return new Token(
                text, end(data.path("ttl").asLong()), data.path("renewable").asBoolean());
    }

    private Token ofAuth(JsonNode auth) {
        String text = auth.path("client_token").asText();
        if (text.isEmpty()) {
            throw new ConfigException(
                    "Vault answered a login without a token. Check that `address` and `auth.mount` name a"
                            + " Vault server and a login method of it.");
        }
        return new Token(
                text,
                end(auth.path("lease_duration").asLong()),
                auth.path("renewable").asBoolean());
    }

    private @Nullable Instant end(long seconds) {
        return seconds == 0 ? null : clock.instant().plusSeconds(seconds);
    }

    private static void require(VaultReply reply, String problem) {
        if (reply.status() >= 500) {
            throw new KafkaException(problem + ": " + reply.cause() + ". Try again when it is back.");
        }
        if (!reply.isSuccess()) {
            throw new ConfigException(
                    problem + ": " + reply.cause()
                            + ". Check the role, what it logs in with, auth.mount and namespace; Vault's audit log tells more.");
        }
    }
}
