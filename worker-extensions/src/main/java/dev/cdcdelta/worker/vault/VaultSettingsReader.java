package dev.cdcdelta.worker.vault;

import static dev.cdcdelta.worker.vault.VaultConfigDef.*;

import dev.cdcdelta.worker.config.KeyPatterns;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** From the parameters of the provider to what its parts take. */
final class VaultSettingsReader {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AbstractConfig config;

    private VaultSettingsReader(AbstractConfig config) {
        this.config = config;
    }

    static VaultSettings read(Map<String, ?> parameters) {
        for (String name : parameters.keySet()) {
            if (!DEFINITION.names().contains(name)) {
                throw new ConfigException("The parameter " + name + " of the Vault config provider is unknown."
                        + " docs/reference/vault-config-provider.md has all of them: correct or remove it.");
            }
        }
        VaultSettingsReader reader =
                new VaultSettingsReader(new AbstractConfig(DEFINITION, parameters, Map.of(), false));
        return new VaultSettings(reader.server(), reader.secrets(), reader.login());
    }

    private VaultSettings.Server server() {
        String truststore = config.getString(TRUSTSTORE);
        VaultSettings.Tls tls = new VaultSettings.Tls(
                truststore.isEmpty() ? null : Path.of(truststore),
                password(TRUSTSTORE_PASSWORD),
                config.getList(TLS_PROTOCOLS));
        return new VaultSettings.Server(
                address(), config.getString(NAMESPACE), tls, duration(TIMEOUT), config.getInt(ATTEMPTS));
    }

    private URI address() {
        String text = config.getString(ADDRESS);
        try {
            URI address = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean isPrivate = "https".equals(address.getScheme())
                    || "http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost()));
            if (address.getHost() != null && isPrivate) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new ConfigException("The address of Vault is no address: " + e.getReason() + ". Correct `address`.");
        }
        throw new ConfigException(
                "The address of Vault, " + text + ", would send secrets over a plain connection, or names no host."
                        + " Use one such as https://vault.example:8200.");
    }

    private VaultSettings.Secrets secrets() {
        VaultSettings.Engine engine = VaultSettings.Engine.valueOf(
                config.getString(ENGINE).replace('-', '_').toUpperCase(Locale.ROOT));
        return new VaultSettings.Secrets(
                engine,
                config.getString(MOUNT),
                KeyPatterns.of(config.getList(ALLOWED_PATHS)),
                duration(SECRET_TTL),
                duration(LEASE_INCREMENT));
    }

    private Login login() {
        String method = config.getString(METHOD);
        String mount = config.getString(AUTH_MOUNT).isEmpty() ? method : config.getString(AUTH_MOUNT);
        return switch (method) {
            case "token" -> new Login.Token(secret(TOKEN_FILE, TOKEN));
            case "approle" -> new Login.AppRole(mount, required(ROLE_ID, method), secret(SECRET_ID_FILE, SECRET_ID));
            case "kubernetes", "jwt" ->
                new Login.Jwt(
                        mount,
                        required(ROLE, method),
                        new SecretText.OfFile(Path.of(required(JWT_FILE, method)), JWT_FILE));
            default -> throw new ConfigException(METHOD, method, "is none of token, approle, kubernetes and jwt");
        };
    }

    private SecretText secret(String fileSetting, String setting) {
        String file = config.getString(fileSetting);
        String fixed = password(setting);
        if (file.isEmpty() == (fixed == null)) {
            throw new ConfigException("Exactly one of " + fileSetting + " and " + setting
                    + " must be set for the login to Vault, but " + (fixed == null ? "none is" : "both are") + ".");
        }
        return fixed == null ? new SecretText.OfFile(Path.of(file), fileSetting) : new SecretText.Fixed(fixed);
    }

    private String required(String setting, String method) {
        String value = config.getString(setting);
        if (value.isEmpty()) {
            throw new ConfigException(
                    "The login to Vault with " + METHOD + "=" + method + " takes " + setting + ". Set it.");
        }
        return value;
    }

    private @Nullable String password(String name) {
        Password password = config.getPassword(name);
        return password == null ? null : password.value();
    }

    private Duration duration(String name) {
        return Duration.ofMillis(config.getLong(name));
    }
}
