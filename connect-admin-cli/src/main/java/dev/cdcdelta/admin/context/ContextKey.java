package dev.cdcdelta.admin.context;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a context can say. */
public enum ContextKey {
    CONNECT_URL("connectUrl", Kind.TEXT, "Connect's REST API"),
    USER("user", Kind.TEXT, "user of basic authentication"),
    PASSWORD("password", Kind.SECRET, "the user's password"),
    TOKEN("token", Kind.SECRET, "bearer token"),
    TOKEN_URL("tokenUrl", Kind.TEXT, "token endpoint of OAuth 2 (client credentials)"),
    CLIENT_ID("clientId", Kind.TEXT, "client at the token endpoint"),
    CLIENT_SECRET("clientSecret", Kind.SECRET, "the client's secret"),
    SCOPE("scope", Kind.TEXT, "scope to ask the token endpoint for"),
    AUDIENCE("audience", Kind.TEXT, "audience to ask the token endpoint for"),
    TRUST("trust", Kind.PATH, "certificates to trust instead of the JVM's: PEM"),
    CERTIFICATE("certificate", Kind.PATH, "client certificate with its chain: PEM"),
    KEY("key", Kind.PATH, "the certificate's private key: PEM, PKCS #8"),
    KEY_STORE("keyStore", Kind.PATH, "client certificate and key in one PKCS #12 file"),
    KEY_STORE_PASSWORD("keyStorePassword", Kind.SECRET, "the password of that file"),
    BOOTSTRAP_SERVERS("bootstrapServers", Kind.TEXT, "Kafka; for lag, replay and the schemas of topics"),
    MONGODB_URI("mongodbUri", Kind.ADDRESS, "MongoDB for new pipelines, and the schemas of collections"),
    WAREHOUSE("warehouse", Kind.TEXT, "`s3a://bucket/path` or `file:///path`"),
    S3_ENDPOINT("s3Endpoint", Kind.TEXT, "S3-compatible store; not needed for AWS"),
    S3_REGION("s3Region", Kind.TEXT, "region of the bucket"),
    S3_ACCESS_KEY("s3AccessKey", Kind.SECRET, "key with which this program reads tables; AWS's usual sources work too"),
    S3_SECRET_KEY("s3SecretKey", Kind.SECRET, "its secret"),
    SECRETS_FILE(
            "secretsFile",
            Kind.TEXT,
            "properties file on the workers with `mongodb.uri`, `s3.access.key`, `s3.secret.key`");

    /** How a value is read. */
    public enum Kind {
        TEXT,
        /** Relative to the directory of the context file. */
        PATH,
        /** Named by its place, see {@link SecretSource}. */
        SECRET,
        /** A URL without a password, a reference for the workers, or as a secret. */
        ADDRESS
    }

    private final String label;
    private final Kind kind;
    private final String meaning;

    ContextKey(String label, Kind kind, String meaning) {
        this.label = label;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** As in a context file. */
    public String label() {
        return label;
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }

    static Optional<ContextKey> of(String label) {
        return Arrays.stream(values()).filter(key -> key.label.equals(label)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(ContextKey::label).collect(Collectors.joining(", "));
    }
}
