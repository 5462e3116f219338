package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is.
 *
 * @param connectUrl Connect's REST API
 * @param login who this program is there
 * @param tls of the connection to it
 * @param bootstrapServers Kafka; lag needs it
 * @param mongodbUri connection string, or a reference to a config provider of the workers
 * @param mongodbUriGiven the URI was given for this very command, so it wins over the secrets file
 * @param warehouse {@code s3a://bucket/path} or {@code file:///path}
 * @param secretsFile properties file <em>on the workers</em> with {@code mongodb.uri}, {@code s3.access.key}, {@code s3.secret.key}
 */
public record Context(
        String connectUrl,
        Login login,
        Tls tls,
        @Nullable String bootstrapServers,
        @Nullable Secret mongodbUri,
        boolean mongodbUriGiven,
        @Nullable String warehouse,
        @Nullable String secretsFile,
        Storage storage) {
    public static final String DEFAULT_CONNECT_URL = "http://localhost:8083";

    public Optional<String> bootstrap() {
        return Optional.ofNullable(bootstrapServers);
    }

    public String requiredWarehouse() {
        if (warehouse == null) {
            throw CommandException.usage(
                    "No warehouse is known.",
                    "Give --warehouse s3a://bucket/path or file:///path, or a context with one (--context).");
        }
        return warehouse;
    }
}
