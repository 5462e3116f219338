package dev.cdcdelta.worker.config;

import static dev.cdcdelta.worker.config.SecurityConfigDef.*;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** From the worker's properties to the records that the parts of the extension take. */
final class SettingsReader {
    private static final int SECRET_LENGTH = 32;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AbstractConfig config;
    private final Map<String, ?> worker;

    private SettingsReader(AbstractConfig config, Map<String, ?> worker) {
        this.config = config;
        this.worker = worker;
    }

    static SettingsReader of(Map<String, ?> worker) {
        Map<String, Object> own = new HashMap<>();
        DEFINITION.names().stream().filter(worker::containsKey).forEach(name -> own.put(name, worker.get(name)));
        return new SettingsReader(new AbstractConfig(DEFINITION, own, Map.of(), false), worker);
    }

    SecuritySettings read() {
        return new SecuritySettings(
                keys(), token(), rules(), KeyPatterns.of(config.getList(MASKED_KEYS)), requests(), audit());
    }

    private KeySettings keys() {
        String url = config.getString(JWKS_URL);
        String file = config.getString(JWKS_FILE);
        if (url.isEmpty() == file.isEmpty()) {
            throw new ConfigException("Exactly one of " + JWKS_URL + " and " + JWKS_FILE + " must be set, but "
                    + (url.isEmpty() ? "none is" : "both are")
                    + ". Name the place where the identity provider publishes its keys (its jwks_uri).");
        }
        if (url.isEmpty()) {
            return new KeySettings.FromFile(Path.of(file));
        }
        if (time(JWKS_MINIMUM_INTERVAL).compareTo(time(JWKS_REFRESH)) >= 0) {
            throw new ConfigException(
                    JWKS_MINIMUM_INTERVAL + " is not less than " + JWKS_REFRESH
                            + ", so that keys would grow old before they may be fetched anew. Raise the one or lower the other.");
        }
        return new KeySettings.FromUrl(
                address(url), time(JWKS_REFRESH), time(JWKS_MINIMUM_INTERVAL), time(JWKS_TIMEOUT), truststore());
    }

    private static URI address(String url) {
        URI address = parse(url);
        boolean isPrivate = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
        if (!isPrivate) {
            throw new ConfigException(
                    JWKS_URL + "=" + url + " would fetch the keys over a connection that others can change:"
                            + " they could let anybody in. Use an address that begins with https.");
        }
        return address;
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (java.net.URISyntaxException e) {
            throw new ConfigException(JWKS_URL + "=" + url + " is no address: " + e.getReason() + ". Correct it.");
        }
    }

    private KeySettings.@Nullable StoreSettings truststore() {
        String location = config.getString(JWKS_TRUSTSTORE);
        return location.isEmpty()
                ? null
                : new KeySettings.StoreSettings(Path.of(location), secret(JWKS_TRUSTSTORE_PASSWORD, 0));
    }

    private TokenSettings token() {
        TokenSettings.RoleNames names =
                new TokenSettings.RoleNames(names(ANALYST), names(OPERATOR), names(ADMINISTRATOR));
        if (config.getList(AUDIENCE).isEmpty() || config.getString(ISSUER).isBlank()) {
            throw new ConfigException(
                    ISSUER + " and " + AUDIENCE + " must not be empty: a token that was meant for another"
                            + " service would let its bearer in. Name the issuer and this worker's audience.");
        }
        if (config.getList(ALGORITHMS).isEmpty()) {
            throw new ConfigException(
                    ALGORITHMS + " is empty, so that no token could be accepted. Name one, as RS256.");
        }
        return new TokenSettings(
                names(ALGORITHMS),
                config.getString(ISSUER),
                names(AUDIENCE),
                time(CLOCK_SKEW),
                new TokenSettings.ClaimSettings(
                        config.getString(PRINCIPAL_CLAIM),
                        config.getString(ROLES_CLAIM),
                        config.getString(SCOPE_CLAIM),
                        names));
    }

    private RuleSettings rules() {
        return new RuleSettings(
                names(PROVIDERS),
                KeyPatterns.of(config.getList(DENIED_KEYS)),
                KeyPatterns.of(config.getList(ALLOWED_KEYS)),
                names(TRIGGER_KEYS),
                config.getBoolean(ADMINISTRATORS_EXEMPT));
    }

    private RequestSettings requests() {
        return new RequestSettings(
                config.getBoolean(HEALTH_OPEN),
                config.getInt(BODY_LIMIT),
                config.getInt(INTERNAL_BODY_LIMIT),
                secret(HOP_SECRET, SECRET_LENGTH));
    }

    private AuditSettings audit() {
        String chain = config.getString(AUDIT_CHAIN);
        return new AuditSettings(
                chain.isEmpty() ? hostName() : chain,
                secret(AUDIT_KEY, SECRET_LENGTH),
                config.getString(AUDIT_TOPIC),
                producer());
    }

    /** The worker's own way to the brokers, and what was set for this producer alone. */
    private Map<String, Object> producer() {
        Map<String, Object> settings = new HashMap<>();
        worker.forEach((key, value) -> {
            boolean isWay = key.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                    || key.equals(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                    || key.startsWith("ssl.")
                    || key.startsWith("sasl.");
            if (isWay && value != null && ProducerConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        worker.forEach((key, value) -> {
            if (key.startsWith(AUDIT_PRODUCER) && value != null) {
                settings.put(key.substring(AUDIT_PRODUCER.length()), value);
            }
        });
        return settings;
    }

    private @Nullable String secret(String name, int least) {
        Password password = config.getPassword(name);
        if (password != null && password.value().length() < least) {
            throw new ConfigException(name + " is shorter than " + least
                    + " characters and could be guessed. Take a random one, as `openssl rand -base64 32` prints it.");
        }
        return password == null ? null : password.value();
    }

    private Set<String> names(String key) {
        List<String> values = config.getList(key);
        return Set.copyOf(values);
    }

    private Duration time(String key) {
        return Duration.ofMillis(config.getLong(key));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new ConfigException(
                    "The host has no name, so that this worker's audit lines cannot be told from others'. Set "
                            + AUDIT_CHAIN + " to a name of its own.");
        }
    }
}
