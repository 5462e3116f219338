package dev.cdcdelta.stack.service;

/**
 * An S3 server and how to sign in there.
 *
 * @param endpoint such as {@code http://127.0.0.1:9000}
 */
public record S3Access(String endpoint, String accessKey, String secretKey, String bucket) {
    /** Keeps the secret key out of logs and messages. */
    @Override
    public String toString() {
        return "S3Access[endpoint=" + endpoint + ", bucket=" + bucket + "]";
    }
}
