package dev.cdcdelta.worker.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Every property of the REST security extension, in the order of its reference page. */
public final class SecurityConfigDef {
    public static final String PREFIX = "rest.security.";
    public static final String JWKS_URL = PREFIX + "jwks.url";
    public static final String JWKS_FILE = PREFIX + "jwks.file";
    public static final String JWKS_REFRESH = PREFIX + "jwks.refresh.ms";
    public static final String JWKS_MINIMUM_INTERVAL = PREFIX + "jwks.refresh.min.interval.ms";
    public static final String JWKS_TIMEOUT = PREFIX + "jwks.timeout.ms";
    public static final String JWKS_TRUSTSTORE = PREFIX + "jwks.truststore.location";
    public static final String JWKS_TRUSTSTORE_PASSWORD = PREFIX + "jwks.truststore.password";
    public static final String ALGORITHMS = PREFIX + "token.algorithms";
    public static final String ISSUER = PREFIX + "token.issuer";
    public static final String AUDIENCE = PREFIX + "token.audience";
    public static final String CLOCK_SKEW = PREFIX + "token.clock.skew.ms";
    public static final String PRINCIPAL_CLAIM = PREFIX + "token.principal.claim";
    public static final String ROLES_CLAIM = PREFIX + "roles.claim";
    public static final String ANALYST = PREFIX + "roles.analyst";
    public static final String OPERATOR = PREFIX + "roles.operator";
    public static final String ADMINISTRATOR = PREFIX + "roles.administrator";
    public static final String SCOPE_CLAIM = PREFIX + "scope.claim";
    public static final String PROVIDERS = PREFIX + "config.providers.allowed";
    public static final String DENIED_KEYS = PREFIX + "keys.denied";
    public static final String ALLOWED_KEYS = PREFIX + "keys.allowed";
    public static final String TRIGGER_KEYS = PREFIX + "keys.trigger";
    public static final String MASKED_KEYS = PREFIX + "keys.masked";
    public static final String ADMINISTRATORS_EXEMPT = PREFIX + "administrators.exempt";
    public static final String HEALTH_OPEN = PREFIX + "health.open";
    public static final String BODY_LIMIT = PREFIX + "body.max.bytes";
    public static final String INTERNAL_BODY_LIMIT = PREFIX + "internal.body.max.bytes";
    public static final String HOP_SECRET = PREFIX + "hop.secret";
    public static final String AUDIT_TOPIC = PREFIX + "audit.topic";
    public static final String AUDIT_KEY = PREFIX + "audit.key";
    public static final String AUDIT_CHAIN = PREFIX + "audit.chain";
    /** Of a family: whatever follows goes to the producer of the audit topic. */
    public static final String AUDIT_PRODUCER = PREFIX + "audit.producer.";

    private static final Validator NOT_EMPTY = new ConfigDef.NonEmptyString();

    public static final ConfigDef DEFINITION = new Definition()
            .group("Keys")
            .text(
                    JWKS_URL,
                    "",
                    "Where the identity provider publishes its keys (JWKS). `https`, or `http` on the loopback address."
                            + " Either this or `rest.security.jwks.file` is required. Keys that cannot be had let nobody in:"
                            + " calls are answered with 503 until they can.")
            .text(
                    JWKS_FILE,
                    "",
                    "A file with the keys instead. It is read at each call, so that a rotated key counts at once.")
            .time(
                    JWKS_REFRESH,
                    300_000,
                    1_000,
                    "How long fetched keys hold. A key that was withdrawn is trusted no longer than that.")
            .time(
                    JWKS_MINIMUM_INTERVAL,
                    10_000,
                    0,
                    "A token with a key that is not known yet makes the worker fetch the keys anew, but not more often"
                            + " than twice in this time.")
            .time(JWKS_TIMEOUT, 5_000, 1, "How long to wait for the keys, for the connection and for the answer each.")
            .text(
                    JWKS_TRUSTSTORE,
                    "",
                    "Certificates to trust at `rest.security.jwks.url`: a PEM file, or a PKCS12 or JKS store. Without it,"
                            + " those of the Java installation.")
            .secret(JWKS_TRUSTSTORE_PASSWORD, "The password of that store.")
            .group("Tokens")
            .add(
                    ALGORITHMS,
                    Type.LIST,
                    List.of("RS256", "PS256", "ES256"),
                    ConfigDef.ValidList.in(
                            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"),
                    "Signatures that are accepted. `none` and the symmetric ones (HS256, …) cannot be allowed.")
            .required(ISSUER, Type.STRING, "The issuer (`iss`) that every token must name.")
            .required(AUDIENCE, Type.LIST, "Audiences (`aud`) of which every token must name one.")
            .time(CLOCK_SKEW, 30_000, 0, "By how much the clock of the issuer may differ, for `exp` and `nbf`.")
            .add(
                    PRINCIPAL_CLAIM,
                    Type.STRING,
                    "sub",
                    NOT_EMPTY,
                    "The claim that says who calls, for the audit log. Dots lead into nested claims.")
            .group("Roles")
            .add(
                    ROLES_CLAIM,
                    Type.STRING,
                    "roles",
                    NOT_EMPTY,
                    "The claim with the caller's roles: a list, or a text with spaces between them. Dots lead into nested"
                            + " claims: `realm_access.roles`. The highest role counts; without one the call is denied.")
            .add(
                    ANALYST,
                    Type.LIST,
                    List.of("analyst"),
                    null,
                    "What the role of an Analyst is called in tokens: reads status, topics, offsets and masked configurations.")
            .add(
                    OPERATOR,
                    Type.LIST,
                    List.of("operator"),
                    null,
                    "What the role of an Operator is called: an Analyst who may pause, resume, stop and restart, change"
                            + " offsets and trigger runs.")
            .add(
                    ADMINISTRATOR,
                    Type.LIST,
                    List.of("administrator"),
                    null,
                    "What the role of an Administrator is called: may do everything that the rules for configurations allow.")
            .text(
                    SCOPE_CLAIM,
                    "",
                    "The claim with patterns of connector names (`sales-*`) that the caller is limited to, of the same form as"
                            + " the roles. When set, a token without that claim reaches no connector, and what concerns the"
                            + " whole worker (loggers) takes the scope `*`.")
            .group("Rules for connector configurations")
            .add(
                    PROVIDERS,
                    Type.LIST,
                    List.of(),
                    null,
                    "Config providers that connector configurations may refer to, as `vault` in `${vault:…}`. By default none.")
            .add(
                    DENIED_KEYS,
                    Type.LIST,
                    List.of("*.override.*"),
                    null,
                    "Patterns of keys that a connector configuration may not have.")
            .add(
                    ALLOWED_KEYS,
                    Type.LIST,
                    List.of("consumer.override.isolation.level"),
                    null,
                    "Exceptions from `rest.security.keys.denied`.")
            .add(
                    ADMINISTRATORS_EXEMPT,
                    Type.BOOLEAN,
                    false,
                    null,
                    "Whether Administrators may use every key and every config provider all the same.")
            .add(
                    TRIGGER_KEYS,
                    Type.LIST,
                    List.of("run.id"),
                    null,
                    "Keys that an Operator may change through `PATCH /connectors/{connector}/config`, to trigger a run.")
            .add(
                    MASKED_KEYS,
                    Type.LIST,
                    List.of(),
                    null,
                    "Patterns of further keys whose values only Administrators see. Keys that name a password, secret, token,"
                            + " credential or private key are masked anyway, and so are passwords within addresses.")
            .group("Requests")
            .add(
                    HEALTH_OPEN,
                    Type.BOOLEAN,
                    true,
                    null,
                    "Whether `GET /health` is answered without a token, as probes want it. Such calls are not audited.")
            .add(BODY_LIMIT, Type.INT, 1_048_576, Range.atLeast(1_024), "The largest body of a request.")
            .add(
                    INTERNAL_BODY_LIMIT,
                    Type.INT,
                    67_108_864,
                    Range.atLeast(1_024),
                    "The largest body of the two requests that workers sign for each other.")
            .secret(
                    HOP_SECRET,
                    "A secret that all workers of the group share, of 32 characters at least. With it a worker proves to the"
                            + " next that it has audited the call it forwards. Without it both audit it, the second with"
                            + " `forwarded: true`.")
            .group("Audit")
            .text(
                    AUDIT_TOPIC,
                    "",
                    "A topic that gets each audit line too, beside the logger `dev.cdcdelta.worker.audit`. Give it one"
                            + " partition or more, no compaction, and let nobody but the workers write to it.")
            .secret(
                    AUDIT_KEY,
                    "A key for the hashes that chain the lines (HMAC-SHA256), of 32 characters at least. Without it they are"
                            + " plain SHA-256: who can write all lines anew can then also compute their hashes.")
            .text(
                    AUDIT_CHAIN,
                    "",
                    "The name of this worker's chains of audit lines. By default the host's. Each start of a worker begins a"
                            + " chain of its own.")
            .definition();

    /** A prefix with what may follow it. */
    public record KeyFamily(String prefix, String documentation) {}

    public static final List<KeyFamily> FAMILIES = List.of(new KeyFamily(
            AUDIT_PRODUCER,
            "Settings of the producer of the audit topic. By default it uses the worker's own bootstrap servers and"
                    + " security settings."));

    private SecurityConfigDef() {}

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

        Definition text(String name, String fallback, String documentation) {
            return add(name, Type.STRING, fallback, null, documentation);
        }

        Definition secret(String name, String documentation) {
            return add(name, Type.PASSWORD, null, null, documentation);
        }

        Definition time(String name, long fallback, long least, String documentation) {
            return add(name, Type.LONG, fallback, Range.atLeast(least), documentation);
        }

        Definition required(String name, Type type, String documentation) {
            return add(name, type, ConfigDef.NO_DEFAULT_VALUE, null, documentation);
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
