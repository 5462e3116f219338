package dev.cdcdelta.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.ReconciliationConnector;
import dev.cdcdelta.sink.DeltaSinkConnector;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.worker.config.SecurityConfigDef;
import dev.cdcdelta.worker.vault.VaultConfigDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/**
 * The keys that users write, with types and defaults, are what a release must not change unnoticed. {@code -Dgolden.update=true} writes the list
 * anew; a line that goes or changes belongs into CHANGELOG.md.
 */
class ConfigurationKeysIT {
    private static final Path GOLDEN = Path.of("src/golden/configuration-keys.txt");

    @Test
    void keysAndDefaultsAreThoseOfTheGoldenList() throws IOException {
        List<String> actual = lines();
        if (Boolean.getBoolean("golden.update")) {
            Files.write(GOLDEN, actual);
        }
        List<String> golden = Files.readAllLines(GOLDEN);
        List<String> difference = Stream.concat(
                        golden.stream().filter(line -> !actual.contains(line)).map(line -> "- " + line),
                        actual.stream().filter(line -> !golden.contains(line)).map(line -> "+ " + line))
                .toList();
        assertThat(difference)
                .as("configuration keys; if the change is meant, run this test with -Dgolden.update=true")
                .isEmpty();
    }

    private static List<String> lines() {
        Map<String, ConfigDef> components = new LinkedHashMap<>();
        components.put("sink", new DeltaSinkConnector().config());
        components.put("transform", SchemaEvolution.CONFIG_DEF);
        components.put("reconciliation", new ReconciliationConnector().config());
        components.put("rest-security", SecurityConfigDef.DEFINITION);
        components.put("vault", VaultConfigDef.DEFINITION);
        List<String> lines = new ArrayList<>();
        components.forEach((component, definition) ->
                new TreeMap<>(definition.configKeys()).values().forEach(key -> lines.add(component + " " + line(key))));
        return lines;
    }

    private static String line(ConfigDef.ConfigKey key) {
        String type = key.type.name().toLowerCase(Locale.ROOT);
        return key.name + " " + type + " " + (key.hasDefault() ? "default " + key.defaultValue : "required");
    }
}
