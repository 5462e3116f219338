package dev.cdcdelta.worker.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.worker.vault.VaultSettings.Engine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads one secret. */
final class SecretReader {
    private final VaultHttp http;
    private final VaultSession session;
    private final VaultSettings.Secrets settings;
    private final Clock clock;

    SecretReader(VaultHttp http, VaultSession session, VaultSettings.Secrets settings, Clock clock) {
        this.http = http;
        this.session = session;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws ConfigException where there is no such secret, or it may not be read */
    VaultSecret read(String path) {
        if (!settings.allowed().matches(path) || Arrays.asList(path.split("/")).contains("..")) {
            throw new ConfigException(
                    "The secret " + path + " may not be read: it is not among the paths that the Vault config"
                            + " provider allows. Correct the path, or allowed.paths of the provider.");
        }
        String token = session.token();
        VaultReply reply = http.get(location(path), token);
        if (reply.status() == 403) {
            // The token may have been revoked, or have ended with a restart of the server.
            session.forget(token);
            reply = http.get(location(path), session.token());
        }
        require(reply, path);
        JsonNode data = settings.engine() == Engine.KV_V2
                ? reply.body().path("data").path("data")
                : reply.body().path("data");
        if (!data.isObject()) {
            throw new ConfigException("The secret " + path + " below " + settings.mount()
                    + " has no fields: it was deleted, or" + " the engine there is not " + engineName()
                    + ". Correct the path, or `engine` of the provider.");
        }
        Instant now = clock.instant();
        return new VaultSecret(fields(data), now, end(reply.body(), now));
    }

    private String location(String path) {
        String encoded = Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        return settings.mount() + (settings.engine() == Engine.KV_V2 ? "/data/" : "/") + encoded;
    }

    private void require(VaultReply reply, String path) {
        String problem = "The secret " + path + " below " + settings.mount() + " cannot be read: " + reply.cause();
        if (reply.status() >= 500 || reply.status() == 429) {
            throw new KafkaException(problem + ". Try again when it is back.");
        }
        if (reply.status() == 403) {
            throw new ConfigException(
                    problem + ". Give the role a policy with `read` on " + location(path) + ", or correct the path.");
        }
        if (!reply.isSuccess()) {
            throw new ConfigException(problem + ". Correct the path, or `mount` and `engine` (" + engineName()
                    + ") of the provider, or write the secret.");
        }
    }

    private String engineName() {
        return settings.engine().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private @Nullable Instant end(JsonNode answer, Instant now) {
        if (!settings.timeToLive().isZero()) {
            return now.plus(settings.timeToLive());
        }
        String lease = answer.path("lease_id").asText();
        if (settings.engine() != Engine.DYNAMIC || lease.isEmpty()) {
            // The lease_duration of key-value secrets is a hint of the server's; they do not end.
            return null;
        }
        Duration given = Duration.ofSeconds(answer.path("lease_duration").asLong());
        boolean isRenewed =
                !settings.increment().isZero() && answer.path("renewable").asBoolean();
        return now.plus(isRenewed ? renewed(lease, given) : given);
    }

    /** The lease is as long as before where the server does not renew it. */
    private Duration renewed(String lease, Duration given) {
        VaultReply reply = http.post(
                "sys/leases/renew",
                session.token(),
                Map.of("lease_id", lease, "increment", settings.increment().toSeconds()));
        return reply.isSuccess()
                ? Duration.ofSeconds(reply.body().path("lease_duration").asLong(given.toSeconds()))
                : given;
    }

    private static Map<String, String> fields(JsonNode data) {
        Map<String, String> fields = new HashMap<>();
        data.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                fields.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        });
        return fields;
    }
}
