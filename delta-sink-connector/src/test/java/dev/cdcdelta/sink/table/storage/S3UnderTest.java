package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The S3 server of the environment, a MinIO for instance ({@code S3_ENDPOINT}, {@code S3_ACCESS_KEY}, {@code S3_SECRET_KEY}, and
 * {@code S3_BUCKET}, {@code lake} if it is not given, which has to exist); where it names none, one in this process. What is written
 * below {@link #location} is deleted in the end.
 */
public final class S3UnderTest implements AutoCloseable {
    private final @Nullable InProcessS3 own;
    private final Map<String, String> options;
    private final String root;

    private S3UnderTest(@Nullable InProcessS3 own, Map<String, String> options, String bucket) {
        this.own = own;
        this.options = options;
        this.root = "s3a://" + bucket + "/cdcdelta-test-" + UUID.randomUUID();
    }

    public static S3UnderTest ofEnvironment() throws Exception {
        Map<String, String> environment = System.getenv();
        String endpoint = environment.getOrDefault("S3_ENDPOINT", "");
        String bucket = environment.getOrDefault("S3_BUCKET", "lake");
        if (endpoint.isBlank()) {
            InProcessS3 own = new InProcessS3(bucket);
            return new S3UnderTest(own, own.options(), bucket);
        }
        System.out.println("S3 server: " + endpoint);
        return new S3UnderTest(
                null,
                Map.of(
                        "fs.s3a.endpoint", endpoint,
                        "fs.s3a.access.key", environment.getOrDefault("S3_ACCESS_KEY", ""),
                        "fs.s3a.secret.key", environment.getOrDefault("S3_SECRET_KEY", "")),
                bucket);
    }

    public Map<String, String> options() {
        return options;
    }

    public String location(String name) {
        return root + "/" + name;
    }

    /** The bucket, or what there is of it to us. */
    public WarehouseFiles files() throws IOException {
        return ObjectStoreFiles.open(URI.create(root.replaceFirst("(s3a://[^/]*)/.*", "$1")), options);
    }

    @Override
    public void close() throws Exception {
        try (WarehouseFiles files = files()) {
            for (FileStatus file : files.listTree(root)) {
                files.delete(file.getPath());
            }
        } catch (FileNotFoundException e) {
            // Nothing was written.
            return;
        } finally {
            if (own != null) {
                own.close();
            }
        }
    }
}
