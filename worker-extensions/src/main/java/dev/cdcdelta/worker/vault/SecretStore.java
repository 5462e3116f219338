package dev.cdcdelta.worker.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Secrets with the time after which Connect has to ask again. Those with a lease are given out again while more than half
 * of it is left: each reading makes a new user, and a connector's tasks read one after the other.
 */
public final class SecretStore implements AutoCloseable {
    /** Connect restarts a connector when the time is up: the old secret must hold till the new one is in use. */
    private static final int PART_OF_LEASE = 9;

    private final SecretReader reader;
    private final VaultSession session;
    private final Clock clock;
    private final Map<String, VaultSecret> leased = new HashMap<>();

    private SecretStore(SecretReader reader, VaultSession session, Clock clock) {
        this.reader = reader;
        this.session = session;
        this.clock = clock;
    }

    /**
     * @param parameters of the provider
     * @throws ConfigException where they are wrong
     */
    public static SecretStore open(Map<String, ?> parameters, Clock clock) {
        VaultSettings settings = VaultSettingsReader.read(parameters);
        VaultHttp http = new VaultHttp(settings.server());
        VaultSession session = new VaultSession(http, settings.login(), clock);
        return new SecretStore(new SecretReader(http, session, settings.secrets(), clock), session, clock);
    }

    public ConfigData read(String path) {
        return data(secret(path), null);
    }

    /** @throws ConfigException where the secret lacks a key: Connect would hand on the reference as if it were the value */
    public ConfigData read(String path, Set<String> keys) {
        VaultSecret secret = secret(path);
        for (String key : keys) {
            if (!secret.fields().containsKey(key)) {
                throw new ConfigException("The secret " + path + " has no field " + key + "; it has "
                        + secret.fields().keySet().stream().sorted().toList()
                        + ". Correct the reference, or write the field.");
            }
        }
        return data(secret, keys);
    }

    @Override
    public void close() {
        session.close();
    }

    private synchronized VaultSecret secret(String path) {
        VaultSecret known = leased.get(path);
        if (known != null && known.end() != null && isFresh(known, known.end())) {
            return known;
        }
        VaultSecret secret = reader.read(path);
        if (secret.end() == null) {
            leased.remove(path);
        } else {
            leased.put(path, secret);
        }
        return secret;
    }

    private boolean isFresh(VaultSecret secret, Instant end) {
        Duration life = Duration.between(secret.read(), end);
        return clock.instant().isBefore(secret.read().plus(life.dividedBy(2)));
    }

    private ConfigData data(VaultSecret secret, @Nullable Set<String> keys) {
        Map<String, String> fields = new HashMap<>(secret.fields());
        if (keys != null) {
            fields.keySet().retainAll(keys);
        }
        if (secret.end() == null) {
            return new ConfigData(fields);
        }
        long left = Duration.between(clock.instant(), secret.end()).toMillis();
        return new ConfigData(fields, Math.max(1, left * PART_OF_LEASE / 10));
    }
}
