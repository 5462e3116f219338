package dev.cdcdelta.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.cdcdelta.reconcile.ReconciliationConnector;
import dev.cdcdelta.sink.DeltaSinkConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The resources of examples/kubernetes against Strimzi's definitions, and their configurations against the connectors'. */
class StrimziResourcesTest {
    private static final Path EXAMPLES = Path.of("../../examples/kubernetes");
    private static final Path DEFINITIONS = Path.of("src/test/resources/strimzi");

    private static final Map<String, Connector> OURS = Map.of(
            DeltaSinkConnector.class.getName(), new DeltaSinkConnector(),
            ReconciliationConnector.class.getName(), new ReconciliationConnector());

    static Stream<Path> resources() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("resources")
    void resourceIsWhatItsDefinitionAllows(Path file) throws IOException {
        JsonNode resource = Yaml.read(file);

        assertThat(schema(resource).validate(resource))
                .extracting(ValidationMessage::getMessage)
                .isEmpty();
        ((ObjectNode) resource.get("spec")).put("taskMax", 1);
        assertThat(schema(resource).validate(resource))
                .as("the definition sees a misspelt key")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void connectorTakesItsConfiguration(Path file) throws IOException {
        JsonNode spec = Yaml.read(file).get("spec");
        Connector connector = OURS.get(spec.path("class").asText());
        if (connector != null) {
            Map<String, String> settings = settings(file);
            assertThat(connector.validate(settings).configValues().stream()
                            .map(ConfigValue::errorMessages)
                            .flatMap(List::stream))
                    .isEmpty();
        }
    }

    @Test
    void pipelineIsThatOfOneConnectCluster() throws IOException {
        String cluster = Yaml.read(EXAMPLES.resolve("kafka-connect.yaml"))
                .at("/metadata/name")
                .asText();
        List<JsonNode> connectors = resources()
                .map(StrimziResourcesTest::parsed)
                .filter(resource -> resource.get("kind").asText().equals("KafkaConnector"))
                .toList();

        assertThat(connectors)
                .hasSize(3)
                .allSatisfy(connector -> assertThat(connector
                                .at("/metadata/labels")
                                .get("strimzi.io/cluster")
                                .asText())
                        .isEqualTo(cluster));
        assertThat(connectors)
                .extracting(connector -> connector.at("/spec/class").asText())
                .containsAll(OURS.keySet());
    }

    @ParameterizedTest
    @MethodSource("resources")
    void noResourceHoldsASecret(Path file) throws IOException {
        Yaml.read(file).at("/spec/config").properties().forEach(setting -> {
            if (setting.getKey().matches(".*(uri|connection\\.string|access\\.key|secret\\.key|password)")) {
                assertThat(setting.getValue().asText()).matches("\\$\\{directory:/mnt/shop:[a-z.]+}");
            }
        });
    }

    private static Map<String, String> settings(Path file) throws IOException {
        JsonNode resource = Yaml.read(file);
        Map<String, String> settings = new HashMap<>();
        settings.put("name", resource.at("/metadata/name").asText());
        settings.put("connector.class", resource.at("/spec/class").asText());
        settings.put("tasks.max", resource.at("/spec/tasksMax").asText());
        resource.at("/spec/config").properties().forEach(setting -> {
            // A reference is put in by the worker before the connector sees it.
            String value = setting.getValue().asText().startsWith("${directory:")
                    ? "mongodb://mongodb.example:27017/?replicaSet=rs0"
                    : setting.getValue().asText();
            settings.put(setting.getKey(), value);
        });
        return settings;
    }

    private static JsonNode parsed(Path file) {
        try {
            return Yaml.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of the resource's kind and version, closed: Kubernetes drops what a definition does not name, silently. */
    private static JsonSchema schema(JsonNode resource) throws IOException {
        String kind = resource.get("kind").asText();
        JsonNode definition = Yaml.read(DEFINITIONS.resolve(kind.toLowerCase(Locale.ROOT) + ".yaml"));
        for (JsonNode version : definition.at("/spec/versions")) {
            if (resource.get("apiVersion")
                    .asText()
                    .equals("kafka.strimzi.io/" + version.get("name").asText())) {
                JsonNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
                close(schema);
                ((ObjectNode) schema.at("/properties/metadata")).remove("additionalProperties");
                return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema);
            }
        }
        throw new AssertionError("Strimzi defines no " + kind + " of " + resource.get("apiVersion"));
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(StrimziResourcesTest::close);
    }
}
