package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An S3 server that checks signatures and keeps its objects as files. */
public record ObjectStoreService(int port, S3Access access) {
    private static final int SECRET_BYTES = 20;

    /** With a key of its own that nobody else knows. */
    public static ObjectStoreService on(int port, String bucket) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String endpoint = "http://127.0.0.1:" + port;
        return new ObjectStoreService(
                port, new S3Access(endpoint, "local-stack", HexFormat.of().formatHex(secret), bucket));
    }

    public ProcessSpec process(Installation installation, StackDirectory directory) {
        Path objects = directory.createData("s3");
        // In this server a bucket is a directory.
        StackDirectory.createDirectories(objects.resolve(access.bucket()));
        Path file =
                StackDirectory.writeProperties(directory.configuration("object-store.properties"), settings(objects));
        return new ProcessSpec(
                "S3 server",
                List.of(installation.objectStoreLibrary()),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                new ProcessSpec.Program("org.gaul.s3proxy.Main", List.of("--properties", file.toString())),
                directory.log("s3"),
                Readiness.port(port));
    }

    private Map<String, String> settings(Path objects) {
        return Map.ofEntries(
                Map.entry("s3proxy.endpoint", access.endpoint()),
                Map.entry("s3proxy.authorization", "aws-v4"),
                Map.entry("s3proxy.identity", access.accessKey()),
                Map.entry("s3proxy.credential", access.secretKey()),
                Map.entry("s3proxy.ignore-unknown-headers", "true"),
                Map.entry("jclouds.provider", "filesystem-nio2"),
                Map.entry("jclouds.identity", "none"),
                Map.entry("jclouds.credential", "none"),
                Map.entry("jclouds.filesystem.basedir", objects.toString()));
    }
}
