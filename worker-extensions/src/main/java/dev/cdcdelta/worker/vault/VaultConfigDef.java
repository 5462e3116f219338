package dev.cdcdelta.worker.vault;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Every setting of the Vault config provider, in the order of its reference page. */
public final class VaultConfigDef {
    static final String ADDRESS = "address";
    static final String NAMESPACE = "namespace";
    static final String ENGINE = "engine";
    static final String MOUNT = "mount";
    static final String ALLOWED_PATHS = "allowed.paths";
    static final String SECRET_TTL = "secret.ttl.ms";
    static final String LEASE_INCREMENT = "lease.increment.ms";
    static final String METHOD = "auth.method";
    static final String AUTH_MOUNT = "auth.mount";
    static final String TOKEN = "auth.token";
    static final String TOKEN_FILE = "auth.token.file";
    static final String ROLE_ID = "auth.role.id";
    static final String SECRET_ID = "auth.secret.id";
    static final String SECRET_ID_FILE = "auth.secret.id.file";
    static final String ROLE = "auth.role";
    static final String JWT_FILE = "auth.jwt.file";
    static final String TRUSTSTORE = "truststore.location";
    static final String TRUSTSTORE_PASSWORD = "truststore.password";
    static final String TLS_PROTOCOLS = "tls.protocols";
    static final String TIMEOUT = "timeout.ms";
    static final String ATTEMPTS = "attempts";

    public static final ConfigDef DEFINITION = new Definition()
            .group("Server")
            .add(
                    ADDRESS,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    null,
                    "The server: `https://vault.example:8200`. Plain `http` is taken on the loopback address only.")
            .text(NAMESPACE, "The namespace, where the server has any. It goes with every request, logins too.")
            .text(
                    TRUSTSTORE,
                    "Certificates to trust: a PEM file, or a PKCS12 or JKS store. Without it, those of the Java installation.")
            .secret(TRUSTSTORE_PASSWORD, "The password of that store.")
            .add(
                    TLS_PROTOCOLS,
                    Type.LIST,
                    List.of("TLSv1.3"),
                    ConfigDef.ValidList.in("TLSv1.3", "TLSv1.2"),
                    "Versions of TLS that are spoken.")
            .add(
                    TIMEOUT,
                    Type.LONG,
                    10_000L,
                    Range.atLeast(1),
                    "How long to wait for the connection, and for an answer.")
            .add(
                    ATTEMPTS,
                    Type.INT,
                    3,
                    Range.between(1, 20),
                    "How often a request is made where the server cannot be reached, is sealed or has an error of its own.")
            .group("Secrets")
            .add(
                    ENGINE,
                    Type.STRING,
                    "kv-v2",
                    ConfigDef.ValidString.in("kv-v2", "kv-v1", "dynamic"),
                    "The kind of the secrets. `dynamic`: any path whose answer has `data` and a lease, as `creds/reader` of a"
                            + " database engine.")
            .add(
                    MOUNT,
                    Type.STRING,
                    "secret",
                    new ConfigDef.NonEmptyString(),
                    "Where the engine is mounted. In `${vault:shop/mongodb:uri}` the path `shop/mongodb` lies below it, and `uri`"
                            + " is a field of that secret.")
            .add(
                    ALLOWED_PATHS,
                    Type.LIST,
                    List.of("*"),
                    null,
                    "Patterns of paths that may be read, `*` standing for any text: a second fence before the server's own policy.")
            .add(
                    SECRET_TTL,
                    Type.LONG,
                    0L,
                    Range.atLeast(0),
                    "After how long a connector that uses a secret is restarted, to read it anew (Connect's"
                            + " `config.action.reload`). 0: key-value secrets never, others before their lease ends.")
            .add(
                    LEASE_INCREMENT,
                    Type.LONG,
                    0L,
                    Range.atLeast(0),
                    "For how long leases are renewed, once, when they have been given; the server may grant less. 0: they are"
                            + " taken as given.")
            .group("Login")
            .add(
                    METHOD,
                    Type.STRING,
                    "token",
                    ConfigDef.ValidString.in("token", "approle", "kubernetes", "jwt"),
                    "How to log in. Tokens are renewed in time; where they cannot be, there is a new login.")
            .text(AUTH_MOUNT, "Where the method is mounted, where that is not its own name.")
            .text(TOKEN_FILE, "`token`: a file with the token, read whenever one is needed, as Vault Agent writes it.")
            .secret(
                    TOKEN,
                    "`token`: the token itself. A file is better: this property is in the worker's configuration.")
            .text(ROLE_ID, "`approle`: the role's identifier.")
            .text(SECRET_ID_FILE, "`approle`: a file with the secret identifier, read at each login.")
            .secret(SECRET_ID, "`approle`: the secret identifier itself.")
            .text(ROLE, "`kubernetes`, `jwt`: the role to log in as.")
            .add(
                    JWT_FILE,
                    Type.STRING,
                    "/var/run/secrets/kubernetes.io/serviceaccount/token",
                    null,
                    "`kubernetes`, `jwt`: the file with the JWT, read at each login.")
            .definition();

    private VaultConfigDef() {}

    /** Collects definitions, numbering them within their group. */
    private static final class Definition {
        private final ConfigDef definition = new ConfigDef();
        private String group = "";
        private int order;

        Definition group(String name) {
            group = name;
            order = 0;
            return this;
        }

        Definition text(String name, String documentation) {
            return add(name, Type.STRING, "", null, documentation);
        }

        Definition secret(String name, String documentation) {
            return add(name, Type.PASSWORD, null, null, documentation);
        }

        @SuppressWarnings("NullAway") // ConfigDef takes null for "no default" and "no validator"
        Definition add(
                String name,
                Type type,
                @Nullable Object fallback,
                @Nullable Validator validator,
                String documentation) {
            Importance importance = fallback == ConfigDef.NO_DEFAULT_VALUE ? Importance.HIGH : Importance.MEDIUM;
            definition.define(
                    name, type, fallback, validator, importance, documentation, group, order++, Width.MEDIUM, name);
            return this;
        }

        ConfigDef definition() {
            return definition;
        }
    }
}
