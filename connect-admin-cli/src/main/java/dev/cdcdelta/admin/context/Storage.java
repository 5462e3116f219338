package dev.cdcdelta.admin.context;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object store of a warehouse; all null where the store is AWS's own with credentials from the environment, or a directory.
 *
 * @param endpoint URL of an S3-compatible store
 */
public record Storage(
        @Nullable String endpoint,
        @Nullable String region,
        @Nullable Secret accessKey,
        @Nullable Secret secretKey) {
    /** A person waits for the answer: an endpoint that does not answer is given up on after seconds, not minutes. */
    private static final Map<String, String> IMPATIENCE = Map.of(
            "fs.s3a.attempts.maximum", "2",
            "fs.s3a.retry.limit", "1",
            "fs.s3a.connection.establish.timeout", "5s",
            "fs.s3a.connection.timeout", "30s");

    /** Options of Hadoop's s3a connector, without keys: fit for a connector's configuration. */
    public Map<String, String> publicOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        if (endpoint != null) {
            options.put("fs.s3a.endpoint", endpoint);
            options.put("fs.s3a.path.style.access", "true");
        }
        if (region != null) {
            options.put("fs.s3a.endpoint.region", region);
        } else if (endpoint != null) {
            options.put("fs.s3a.endpoint.region", "us-east-1");
        }
        return options;
    }

    /** All options, keys included: for this process only. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(IMPATIENCE);
        options.putAll(publicOptions());
        if (accessKey != null && secretKey != null) {
            options.put("fs.s3a.access.key", accessKey.value());
            options.put("fs.s3a.secret.key", secretKey.value());
        }
        return options;
    }
}
