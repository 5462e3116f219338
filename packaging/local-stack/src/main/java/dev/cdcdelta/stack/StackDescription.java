package dev.cdcdelta.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.S3Access;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where to reach a running stack; the content of {@code stack.json}.
 *
 * @param connectUrl of the first worker
 * @param connectUrls of all workers, in their order
 * @param s3Endpoint null, like both keys, when the warehouse is a plain directory
 * @param warehouse where tables go, {@code s3a://bucket/path} or {@code file:///path}
 * @param secretsFile holds the secrets for connector configurations, as {@code ${file:<secretsFile>:s3.access.key}},
 *     {@code s3.secret.key} and {@code mongodb.uri}
 * @param pids by the names {@code supervisor}, {@code broker}, {@code mongodb}, {@code s3}, {@code worker}, {@code worker2} and so on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StackDescription(
        String bootstrapServers,
        String connectUrl,
        List<String> connectUrls,
        String mongodbUri,
        @JsonProperty("s3Endpoint") @Nullable String s3Endpoint,
        @JsonProperty("s3AccessKey") @Nullable String s3AccessKey,
        @JsonProperty("s3SecretKey") @Nullable String s3SecretKey,
        String warehouse,
        String secretsFile,
        Map<String, Long> pids) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** What stays the same while processes come and go. */
    record Addresses(
            String bootstrapServers,
            List<String> connectUrls,
            String mongodbUri,
            Optional<S3Access> s3,
            String warehouse,
            String secretsFile) {

        StackDescription with(Map<String, Long> pids) {
            return new StackDescription(
                    bootstrapServers,
                    connectUrls.get(0),
                    connectUrls,
                    mongodbUri,
                    s3.map(S3Access::endpoint).orElse(null),
                    s3.map(S3Access::accessKey).orElse(null),
                    s3.map(S3Access::secretKey).orElse(null),
                    warehouse,
                    secretsFile,
                    pids);
        }
    }

    /** Of the stack in that directory; empty when none has come up there. */
    public static Optional<StackDescription> read(Path directory) {
        Path file = new StackDirectory(directory).description();
        try {
            return Optional.of(JSON.readValue(Files.readString(file), StackDescription.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException(
                    "The file " + file + " cannot be read: " + e.getMessage()
                            + ". Delete the directory and start the stack anew.",
                    e);
        }
    }

    void write(StackDirectory directory) {
        try {
            StackDirectory.writePrivately(directory.description(), JSON.writeValueAsString(this) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static void delete(StackDirectory directory) {
        try {
            Files.deleteIfExists(directory.description());
        } catch (IOException e) {
            throw new StackException("The file " + directory.description() + " cannot be deleted: " + e, e);
        }
    }

    /** Keeps the secret key out of logs and messages. */
    @Override
    public String toString() {
        return "StackDescription[connectUrl=" + connectUrl + ", warehouse=" + warehouse + ", pids=" + pids + "]";
    }
}
