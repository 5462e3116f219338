package dev.cdcdelta.smt.registry;

import java.net.URI;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The keys of a schema registry. They are named as Confluent's converters name theirs. */
public final class RegistryKeys {
    public static final String URL = "schema.registry.url";
    public static final String BASIC = "schema.registry.basic.auth.user.info";
    public static final String BEARER = "schema.registry.bearer.auth.token";
    public static final String TIMEOUT = "schema.registry.request.timeout.ms";
    public static final String RETRIES = "schema.registry.retries";
    public static final String BACKOFF = "schema.registry.retry.backoff.ms";
    public static final String BACKOFF_MAX = "schema.registry.retry.backoff.max.ms";
    static final String SSL = "schema.registry.ssl.";

    private RegistryKeys() {}

    /** Adds the keys to a configuration. */
    public static ConfigDef define(ConfigDef definition) {
        return stores(definition
                .define(
                        URL,
                        ConfigDef.Type.STRING,
                        null,
                        new HttpUrl(),
                        ConfigDef.Importance.MEDIUM,
                        "Where a schema registry speaks Confluent's API, such as http://registry:8081, or"
                                + " http://registry:8080/apis/ccompat/v7 for Apicurio. The schema of a topic is registered there as"
                                + " Avro under '<topic>-value' ('<topic>-key' for keys), before the first record in it is handed"
                                + " on, and is read from there at the start. Without it, each task keeps schemas of its own.")
                .define(
                        BASIC,
                        ConfigDef.Type.PASSWORD,
                        null,
                        ConfigDef.Importance.MEDIUM,
                        "User and password for the registry, as 'user:password'.")
                .define(
                        BEARER,
                        ConfigDef.Type.PASSWORD,
                        null,
                        ConfigDef.Importance.MEDIUM,
                        "A bearer token for the registry, in place of user and password.")
                .define(
                        TIMEOUT,
                        ConfigDef.Type.INT,
                        10_000,
                        ConfigDef.Range.atLeast(1),
                        ConfigDef.Importance.LOW,
                        "How long the registry may take for one answer, in milliseconds.")
                .define(
                        RETRIES,
                        ConfigDef.Type.INT,
                        5,
                        ConfigDef.Range.between(0, 1000),
                        ConfigDef.Importance.LOW,
                        "How often a request is repeated that the registry did not answer, or answered with a failure of its own."
                                + " After that the task fails, or tries the record again for as long as errors.retry.timeout says.")
                .define(
                        BACKOFF,
                        ConfigDef.Type.INT,
                        200,
                        ConfigDef.Range.between(1, 3_600_000),
                        ConfigDef.Importance.LOW,
                        "The pause before the first repetition, in milliseconds; it doubles with each one, and up to a half of it"
                                + " is left out by chance.")
                .define(
                        BACKOFF_MAX,
                        ConfigDef.Type.INT,
                        5_000,
                        ConfigDef.Range.between(1, 3_600_000),
                        ConfigDef.Importance.LOW,
                        "The longest such pause, in milliseconds."));
    }

    private static ConfigDef stores(ConfigDef definition) {
        for (String store : new String[] {"truststore", "keystore"}) {
            String holds = store.equals("truststore")
                    ? "certificates that are trusted; without it, those that the JVM trusts"
                    : "this client's own certificate and key, where the registry asks for one";
            definition
                    .define(
                            SSL + store + ".location",
                            ConfigDef.Type.STRING,
                            null,
                            ConfigDef.Importance.LOW,
                            "File of the " + holds + ".")
                    .define(
                            SSL + store + ".password",
                            ConfigDef.Type.PASSWORD,
                            null,
                            ConfigDef.Importance.LOW,
                            "Password of that file.")
                    .define(
                            SSL + store + ".type",
                            ConfigDef.Type.STRING,
                            "JKS",
                            ConfigDef.ValidString.in("JKS", "PKCS12"),
                            ConfigDef.Importance.LOW,
                            "Its format.");
        }
        return definition.define(
                SSL + "key.password",
                ConfigDef.Type.PASSWORD,
                null,
                ConfigDef.Importance.LOW,
                "Password of the key in the keystore, if it is another than the keystore's.");
    }

    static @Nullable String secret(AbstractConfig config, String key) {
        Password secret = config.getPassword(key);
        return secret == null ? null : secret.value();
    }

    /** Accepts http and https, without credentials, which would end up in messages. */
    private static final class HttpUrl implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value == null) {
                return;
            }
            if (value.toString().contains("@")) {
                throw new ConfigException(
                        name + " holds credentials, which would be seen in logs; give them in " + BASIC);
            }
            try {
                URI url = URI.create(value.toString());
                if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                    return;
                }
            } catch (IllegalArgumentException notAUrl) {
                throw new ConfigException(name, value, "is no URL: " + notAUrl.getMessage());
            }
            throw new ConfigException(
                    name, value, "is no http: or https: URL; write http://registry:8081, for example");
        }

        @Override
        public String toString() {
            return "an http: or https: URL";
        }
    }
}
