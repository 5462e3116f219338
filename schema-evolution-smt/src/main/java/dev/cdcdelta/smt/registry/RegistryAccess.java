package dev.cdcdelta.smt.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How the registry is reached.
 *
 * @param authorization the header of that name, a secret; null without credentials
 * @param tls null for what the JVM trusts
 */
record RegistryAccess(
        URI url, @Nullable String authorization, @Nullable SSLContext tls, Duration timeout, Backoff backoff) {
    /**
     * Reads the keys of {@link RegistryKeys}; empty without a URL.
     *
     * @throws ConfigException if they do not go together, or a key store cannot be read
     */
    static Optional<RegistryAccess> of(AbstractConfig config) {
        String url = config.getString(RegistryKeys.URL);
        if (url == null) {
            return Optional.empty();
        }
        return Optional.of(new RegistryAccess(
                URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url),
                authorization(config),
                TlsStores.context(config),
                Duration.ofMillis(config.getInt(RegistryKeys.TIMEOUT)),
                new Backoff(
                        config.getInt(RegistryKeys.RETRIES),
                        Duration.ofMillis(config.getInt(RegistryKeys.BACKOFF)),
                        Duration.ofMillis(config.getInt(RegistryKeys.BACKOFF_MAX)))));
    }

    private static @Nullable String authorization(AbstractConfig config) {
        String user = RegistryKeys.secret(config, RegistryKeys.BASIC);
        String token = RegistryKeys.secret(config, RegistryKeys.BEARER);
        if (user != null && token != null) {
            throw new ConfigException(
                    RegistryKeys.BEARER + " and " + RegistryKeys.BASIC + " are both given; take one of them out");
        }
        if (user != null && !user.contains(":")) {
            throw new ConfigException(RegistryKeys.BASIC + " has no colon; write it as 'user:password'");
        }
        if (user != null) {
            return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        }
        return token == null ? null : "Bearer " + token;
    }

    @Override
    public String toString() {
        return "RegistryAccess[" + url + "]";
    }
}
