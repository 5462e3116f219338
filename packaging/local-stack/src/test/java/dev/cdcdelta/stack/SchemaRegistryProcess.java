package dev.cdcdelta.stack;

import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.FreePorts;
import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Apicurio's registry, in memory, and its Avro converter for the workers. */
final class SchemaRegistryProcess implements AutoCloseable {
    private static final Path HOME =
            Installation.find().home().resolve("../../avro/target").normalize();

    private final String server;
    private final ChildProcess process;

    private SchemaRegistryProcess(String server, ChildProcess process) {
        this.server = server;
        this.process = process;
    }

    static SchemaRegistryProcess start(StackDirectory directory) throws IOException, InterruptedException {
        int port = new FreePorts().next();
        String server = "http://127.0.0.1:" + port;
        String lifeline = Installation.find().library();
        ChildProcess process = ChildProcess.start(new ProcessSpec(
                "schema registry",
                List.of(runner().toString(), lifeline),
                List.of("-Xmx300m", "-XX:+UseSerialGC", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port),
                new ProcessSpec.Program("io.quarkus.runner.GeneratedMain", List.of()),
                directory.log("schema-registry"),
                Readiness.http(URI.create(server + "/apis/ccompat/v7/subjects"))));
        process.awaitReady(Duration.ofMinutes(2));
        return new SchemaRegistryProcess(server, process);
    }

    private static Path runner() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("registry"))) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Has workers that are started later find the converter. */
    static void installConverter(StackDirectory directory) throws IOException {
        StackDirectory.createDirectories(directory.plugins());
        Files.createSymbolicLink(directory.plugins().resolve("avro-converter"), HOME.resolve("plugin"));
    }

    /** Confluent's API, which the transform speaks. */
    String confluentUrl() {
        return server + "/apis/ccompat/v7";
    }

    /** Apicurio's own API, which its converter speaks. */
    String apicurioUrl() {
        return server + "/apis/registry/v2";
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(10));
    }
}
