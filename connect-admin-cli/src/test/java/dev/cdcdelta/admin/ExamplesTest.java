package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.pipeline.SinkTemplate;
import dev.cdcdelta.admin.pipeline.SourceTemplate;
import dev.cdcdelta.sink.DeltaSinkConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");

    /** Keys of Connect itself that our connectors use. */
    private static final Set<String> CONNECT_KEYS = Set.of(
            "name",
            "connector.class",
            "tasks.max",
            "topics",
            "topics.regex",
            "key.converter",
            "key.converter.schemas.enable",
            "value.converter",
            "value.converter.schemas.enable",
            "transforms",
            "consumer.override.isolation.level",
            "transforms.typed.type",
            "errors.log.enable",
            "errors.tolerance",
            "errors.deadletterqueue.topic.name",
            "errors.deadletterqueue.topic.replication.factor",
            "errors.deadletterqueue.context.headers.enable",
            "topic.creation.default.partitions",
            "topic.creation.default.replication.factor",
            "errors.retry.timeout");

    /** Keys of Debezium's MongoDB connector 3.6.1 that our source uses; a validation on a real worker covers their values. */
    private static final Set<String> DEBEZIUM_KEYS = Set.of(
            "mongodb.connection.string",
            "topic.prefix",
            "collection.include.list",
            "snapshot.mode",
            "capture.mode",
            "heartbeat.interval.ms",
            "schema.name.adjustment.mode",
            "signal.data.collection",
            "signal.enabled.channels",
            "snapshot.max.threads");

    /** The transform under any name, and Apicurio's converter. */
    private static final List<String> KNOWN_FAMILIES = List.of(
            "transforms\\.(value|key)\\.(type|schema\\.registry\\.url)",
            "(key|value)\\.converter\\.apicurio\\.registry\\.(url|auto-register|as-confluent|use-id|headers\\.enabled)");

    record Example(String name, Map<String, String> config) {}

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    private static Example read(Path file) throws IOException {
        return new ObjectMapper().readValue(Files.readString(file), Example.class);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyExampleHasANameAndOnlyKnownKeys(Path file) throws IOException {
        Example example = read(file);

        assertThat(example.name()).isNotBlank();
        assertKnown(example.config());
    }

    @ParameterizedTest
    @MethodSource("files")
    void noExampleHoldsASecret(Path file) throws IOException {
        read(file).config().forEach((key, value) -> {
            if (key.matches(".*(connection\\.string|access\\.key|secret\\.key)")) {
                assertThat(value).matches("\\$\\{file:/etc/kafka-connect/secrets\\.properties:[a-z0-9.]+}");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyClassThatAnExampleNamesExists(Path file) throws IOException, ClassNotFoundException {
        for (String value : read(file).config().values()) {
            if (value.matches("(dev\\.cdcdelta|org\\.apache\\.hadoop)\\.[\\w.$]+")) {
                assertThat(Class.forName(value)).isNotNull();
            }
        }
    }

    @Test
    void templatesHaveOnlyKnownKeysToo() throws IOException {
        for (String storage : List.of("s3a://lake/t", "file:///lake")) {
            CliRun run = CliRun.of(
                    "pipeline",
                    "create",
                    "--database",
                    "d",
                    "--collection",
                    "c",
                    "--collection",
                    "e.*",
                    "--dlq",
                    "--secrets-file",
                    "/s",
                    "--s3-endpoint",
                    "http://h",
                    "--s3-region",
                    "r",
                    "--warehouse",
                    storage,
                    "--dry-run",
                    "-o",
                    "json");
            Map<String, Map<String, String>> configs =
                    new ObjectMapper().readValue(run.out(), new TypeReference<>() {});
            configs.values().forEach(ExamplesTest::assertKnown);
            assertThat(configs).containsOnlyKeys("d-source", "d-sink");
        }
    }

    /** The sink's configurations are checked by the sink itself. */
    private static void assertKnown(Map<String, String> config) {
        Set<String> unknown = new TreeSet<>(config.keySet());
        unknown.removeAll(CONNECT_KEYS);
        KNOWN_FAMILIES.forEach(family -> unknown.removeIf(key -> key.matches(family)));
        if (SourceTemplate.CONNECTOR_CLASS.equals(config.get("connector.class"))) {
            unknown.removeAll(DEBEZIUM_KEYS);
        } else {
            assertThat(config).containsEntry("connector.class", SinkTemplate.CONNECTOR_CLASS);
            var connector = new DeltaSinkConnector();
            unknown.removeAll(connector.config().names());
            unknown.removeIf(key -> key.startsWith("hadoop.fs.") || key.startsWith("table.properties.delta."));
            assertThat(connector.validate(config).configValues().stream()
                            .map(ConfigValue::errorMessages)
                            .flatMap(List::stream))
                    .isEmpty();
        }
        assertThat(unknown).isEmpty();
    }
}
