package dev.cdcdelta.sink.table.storage;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Hadoop's configuration: what the user set, and where the user is silent, what a Delta writer needs. */
public final class ObjectStoreSettings {
    private static final Map<String, String> DEFAULTS = Map.of(
            // The default stream returned old bytes of an overwritten object, and asks for each length first.
            "fs.s3a.input.stream.type", "classic",
            // A conditional PUT must be one request: several stores ignore the condition on a multipart upload.
            "fs.s3a.multipart.size", "512M",
            "fs.s3a.multipart.threshold", "512M",
            // No looking around before a write, and no directory markers.
            "fs.s3a.performance.flags", "create,delete,mkdir",
            "fs.s3a.bulk.delete.page.size", "1",
            // S3A buffers uploads on local disk; without this it looks for the class by the thread's class loader.
            "fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem",
            "fs.s3a.bucket.probe", "0",
            "fs.s3a.connection.maximum", "64");

    /** Hadoop's own defaults, less the units, which Google's connector does not read. */
    private static final Map<String, String> GOOGLE_SIZES = Map.of(
            "fs.gs.block.size", "67108864",
            "fs.gs.rewrite.max.chunk.size", "536870912",
            "fs.gs.outputstream.buffer.size", "8388608",
            "fs.gs.inputstream.inplace.seek.limit", "8388608",
            "fs.gs.inputstream.min.range.request.size", "2097152");

    private ObjectStoreSettings() {}

    static Configuration configuration(Map<String, String> options) {
        Configuration configuration = new Configuration();
        // Kafka Connect loads plugins apart: a thread of the worker's own would not find Hadoop's classes and defaults.
        configuration.setClassLoader(ObjectStoreSettings.class.getClassLoader());
        DEFAULTS.forEach(configuration::set);
        GOOGLE_SIZES.forEach(configuration::set);
        if (options.containsKey("fs.s3a.endpoint")
                && !options.get("fs.s3a.endpoint").contains("amazonaws.com")) {
            configuration.set("fs.s3a.path.style.access", "true");
            configuration.set("fs.s3a.endpoint.region", "us-east-1");
        }
        options.forEach(configuration::set);
        return configuration;
    }

    /** The same, but it gives up on an endpoint that does not answer after some seconds. */
    static Configuration impatient(Map<String, String> options) {
        Configuration configuration = configuration(options);
        Map.of(
                        "fs.s3a.attempts.maximum", "1",
                        "fs.s3a.retry.limit", "0",
                        "fs.s3a.retry.throttle.limit", "2",
                        "fs.s3a.connection.establish.timeout", "5s",
                        "fs.s3a.connection.timeout", "6s",
                        "fs.s3a.connection.request.timeout", "6s",
                        "fs.azure.io.retry.max.retries", "1",
                        "fs.gs.http.max.retry", "1")
                .forEach(configuration::set);
        return configuration;
    }
}
