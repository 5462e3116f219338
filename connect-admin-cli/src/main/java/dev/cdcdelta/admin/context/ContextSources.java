package dev.cdcdelta.admin.context;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each part of a context comes from: an option, else the context file, else the environment, else the default. */
public final class ContextSources {
    public static final String CONTEXT_VARIABLE = "CONNECT_ADMIN_CONTEXT";
    public static final String CONNECT_VARIABLE = "CONNECT_URL";
    public static final String TOKEN_VARIABLE = "CONNECT_TOKEN";
    public static final String KAFKA_VARIABLE = "KAFKA_BOOTSTRAP_SERVERS";
    public static final String MONGODB_VARIABLE = "MONGODB_URI";
    public static final String WAREHOUSE_VARIABLE = "WAREHOUSE";
    public static final String SECRETS_FILE_VARIABLE = "CONNECT_SECRETS_FILE";
    public static final String ENDPOINT_VARIABLE = "S3_ENDPOINT";
    public static final String REGION_VARIABLE = "S3_REGION";
    public static final String ACCESS_KEY_VARIABLE = "S3_ACCESS_KEY";
    public static final String SECRET_KEY_VARIABLE = "S3_SECRET_KEY";

    private final Map<String, String> environment;

    public ContextSources(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What the command line said; null where it said nothing. */
    public record Options(
            @Nullable Path contextFile,
            @Nullable String connectUrl,
            @Nullable String bootstrapServers,
            @Nullable String mongodbUri,
            @Nullable String warehouse,
            @Nullable String s3Endpoint,
            @Nullable String s3Region,
            @Nullable String secretsFile) {}

    public Context resolve(Options options) {
        ContextFile file = contextFile(options.contextFile());
        String connectUrl = first(options.connectUrl(), file.connectUrl(), CONNECT_VARIABLE);
        var storage = new Storage(
                first(options.s3Endpoint(), file.s3Endpoint(), ENDPOINT_VARIABLE),
                first(options.s3Region(), file.s3Region(), REGION_VARIABLE),
                secret(first(null, file.s3AccessKey(), ACCESS_KEY_VARIABLE)),
                secret(first(null, file.s3SecretKey(), SECRET_KEY_VARIABLE)));
        return new Context(
                connectUrl == null ? Context.DEFAULT_CONNECT_URL : connectUrl,
                secret(environment.get(TOKEN_VARIABLE)),
                first(options.bootstrapServers(), file.bootstrapServers(), KAFKA_VARIABLE),
                secret(first(options.mongodbUri(), file.mongodbUri(), MONGODB_VARIABLE)),
                options.mongodbUri() != null,
                first(options.warehouse(), file.warehouse(), WAREHOUSE_VARIABLE),
                first(options.secretsFile(), file.secretsFile(), SECRETS_FILE_VARIABLE),
                storage);
    }

    private ContextFile contextFile(@Nullable Path option) {
        if (option != null) {
            return ContextFile.read(option);
        }
        String named = environment.get(CONTEXT_VARIABLE);
        return named == null || named.isBlank() ? ContextFile.NONE : ContextFile.read(Path.of(named));
    }

    private @Nullable String first(@Nullable String option, @Nullable String fromFile, String variable) {
        if (option != null) {
            return option;
        }
        return fromFile != null ? fromFile : environment.get(variable);
    }

    private static @Nullable Secret secret(@Nullable String value) {
        return value == null ? null : new Secret(value);
    }
}
