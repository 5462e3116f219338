package dev.cdcdelta.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that becomes the worker, with a program in Java's place that tells how it was called. */
class EntryPointTest {
    private static final Path SCRIPT = Path.of("../../docker/image/bin/connect-worker");

    @TempDir
    Path directory;

    /** @param errors standard error */
    private record Run(int exitCode, List<String> arguments, String errors) {}

    @BeforeEach
    void putAProgramInJavasPlace() throws IOException {
        Path java = directory.resolve("path/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nfor argument in \"$@\"; do printf '%s\\n' \"$argument\"; done\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void variablesBecomeTheWorkersProperties() throws Exception {
        Run run = run(Map.of(
                "CONNECT_BOOTSTRAP_SERVERS", "kafka:9092",
                "CONNECT_CONFIG_PROVIDERS_FILE_PARAM_ALLOWED_PATHS", "/etc/kafka-connect,/run/secrets",
                "CONNECT_SOME__NAME___WITH_ALL", "back\\slash and = and ${file:/run/secrets/a:b}"));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        Properties properties = new Properties();
        Path file = directory.resolve("state/worker.properties");
        properties.load(Files.newBufferedReader(file));
        assertThat(properties)
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9092"),
                        Map.entry("config.providers.file.param.allowed.paths", "/etc/kafka-connect,/run/secrets"),
                        Map.entry("some_name-with.all", "back\\slash and = and ${file:/run/secrets/a:b}"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run.arguments())
                .endsWith("org.apache.kafka.connect.cli.ConnectDistributed", file.toString())
                .contains("-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "/kafka/libs/*")
                .noneMatch(argument -> argument.startsWith("-javaagent"));
    }

    @Test
    void wholeFileTakesTheirPlace() throws Exception {
        Path file = Files.writeString(directory.resolve("worker.properties"), "group.id=mine\n");

        Run run = run(Map.of("WORKER_PROPERTIES", file.toString(), "CONNECT_GROUP_ID", "other"));

        assertThat(run.arguments()).endsWith(file.toString());
        assertThat(directory.resolve("state/worker.properties")).doesNotExist();
    }

    @Test
    void agentsRunWhereTheyAreAskedFor() throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "rules: []\n");

        Run run = run(Map.of(
                "CONNECT_BOOTSTRAP_SERVERS", "kafka:9092",
                "JMX_EXPORTER_CONFIG", rules.toString(),
                "JMX_EXPORTER_PORT", "9999",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://jaeger:4318",
                "KAFKA_HEAP_OPTS", "-Xms1g -Xmx2g",
                "KAFKA_OPTS", "-Done=1 -Dtwo=2"));

        assertThat(run.arguments())
                .startsWith("-Xms1g", "-Xmx2g")
                .contains("-Done=1", "-Dtwo=2")
                .anyMatch(argument -> argument.endsWith("/agents/jmx_prometheus_javaagent.jar=9999:" + rules))
                .anyMatch(argument -> argument.endsWith("/agents/opentelemetry-javaagent.jar"));
    }

    @Test
    void whatAKilledWorkerLeftGoesAndIndexesStay() throws Exception {
        Path temporary = directory.resolve("state/tmp");
        Path index = temporary.resolve("mongodb-cdc-delta/table/index");
        Files.createDirectories(index.getParent());
        Files.writeString(index, "keys");
        Path library = Files.writeString(temporary.resolve("libzstd-jni-123.so"), "native");

        run(Map.of("CONNECT_BOOTSTRAP_SERVERS", "kafka:9092"));

        assertThat(library).doesNotExist();
        assertThat(index).exists();
    }

    @Test
    void whatIsMissingIsToldWithItsRemedy() throws Exception {
        assertThat(run(Map.of())).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(64);
            assertThat(run.errors()).contains("CONNECT_BOOTSTRAP_SERVERS is not set", "Set it to host:port");
        });
        assertThat(run(Map.of("WORKER_PROPERTIES", "/not/there"))).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(64);
            assertThat(run.errors()).contains("/not/there", "Mount the file");
        });
        assertThat(run(Map.of("CONNECT_BOOTSTRAP_SERVERS", "kafka:9092", "JMX_EXPORTER_CONFIG", "/not/there")))
                .satisfies(run -> {
                    assertThat(run.exitCode()).isEqualTo(64);
                    assertThat(run.errors()).contains("/not/there", "Mount the file");
                });
        assertThat(run(Map.of("CONNECT_BOOTSTRAP_SERVERS", "kafka:9092", "CONNECT_GROUP_ID", "a\nb")))
                .satisfies(run -> {
                    assertThat(run.exitCode()).isEqualTo(64);
                    assertThat(run.errors()).contains("CONNECT_GROUP_ID holds a line break", "into a file");
                });
    }

    private Run run(Map<String, String> variables) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString()).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", directory.resolve("path") + ":" + System.getenv("PATH"));
        builder.environment()
                .put("CDCDELTA_HOME", SCRIPT.resolve("../..").normalize().toString());
        builder.environment().put("CDCDELTA_STATE", directory.resolve("state").toString());
        builder.environment().put("KAFKA_LIBS", "/kafka/libs");
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output.lines().toList(), Files.readString(errors));
    }
}
