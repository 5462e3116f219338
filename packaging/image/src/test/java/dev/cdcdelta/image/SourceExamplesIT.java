package dev.cdcdelta.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.Test;

/** The source connectors of examples against the very Debezium that the image has: keys it knows, values it takes. */
class SourceExamplesIT {
    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Path DEBEZIUM = Path.of("target/context/plugins/debezium-connector-mongodb");
    private static final String CONNECTOR = "io.debezium.connector.mongodb.MongoDbConnector";

    /** Those of Connect itself, for every source connector. */
    private static final String CONNECT_KEYS =
            "name|connector\\.class|tasks\\.max|topic\\.creation\\..*|(key|value)\\.converter(\\..*)?|transforms(\\..*)?|errors\\..*";

    @Test
    void everySourceHasOnlyKeysThatDebeziumKnowsWithValuesThatItTakes() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(jars(), getClass().getClassLoader())) {
            // As a worker does: Debezium looks there for the classes that its settings name.
            thread.setContextClassLoader(loader);
            ConfigDef definition =
                    ((Connector) loader.loadClass(CONNECTOR).getConstructor().newInstance()).config();
            int sources = 0;
            for (Path file : examples()) {
                Optional<Map<String, String>> source = source(file);
                if (source.isPresent()) {
                    sources++;
                    Set<String> unknown = new TreeSet<>(source.get().keySet());
                    unknown.removeAll(definition.names());
                    unknown.removeIf(key -> key.matches(CONNECT_KEYS));
                    assertThat(unknown).as(file.toString()).isEmpty();
                    assertThat(definition.validate(source.get()).stream()
                                    .flatMap(value -> value.errorMessages().stream()))
                            .as(file.toString())
                            .isEmpty();
                }
            }
            assertThat(sources).isGreaterThan(5);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] jars() throws IOException {
        try (Stream<Path> files = Files.list(DEBEZIUM)) {
            List<URL> urls = files.filter(file -> file.toString().endsWith(".jar"))
                    .map(SourceExamplesIT::url)
                    .toList();
            return urls.toArray(URL[]::new);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(file + " is no address", e);
        }
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().matches(".*\\.(json|yaml)"))
                    .sorted()
                    .toList();
        }
    }

    /** Its settings, in the form that a worker hands on: a reference is put in before. */
    private static Optional<Map<String, String>> source(Path file) throws IOException {
        boolean isJson = file.toString().endsWith(".json");
        JsonNode document = isJson ? new ObjectMapper().readTree(file.toFile()) : Yaml.read(file);
        JsonNode config = isJson ? document.path("config") : document.at("/spec/config");
        String connector = isJson
                ? config.path("connector.class").asText()
                : document.at("/spec/class").asText();
        if (!connector.equals(CONNECTOR)) {
            return Optional.empty();
        }
        Map<String, String> settings = new HashMap<>();
        config.properties()
                .forEach(setting -> settings.put(
                        setting.getKey(),
                        setting.getValue().asText().matches("\\$\\{(file|directory):.*}")
                                ? "mongodb://mongodb.example:27017/?replicaSet=rs0"
                                : setting.getValue().asText()));
        return Optional.of(settings);
    }
}
