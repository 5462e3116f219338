package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final String BEGIN = "<!-- generated: ConfigReferenceTest -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void theReadmeSaysWhatTheConfigurationDefines() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        if (Boolean.getBoolean("reference.update")) {
            int from = readme.indexOf(BEGIN) + BEGIN.length();
            readme = readme.substring(0, from) + table() + readme.substring(readme.indexOf(END));
            Files.writeString(Path.of("README.md"), readme);
        }
        String reference = readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END));
        assertThat(reference).as("the configuration table of README.md").isEqualTo(table());
    }

    private static String table() {
        return SchemaEvolution.CONFIG_DEF.configKeys().values().stream()
                .map(ConfigReferenceTest::row)
                .collect(Collectors.joining(
                        "", "| Key | Type | Default | Values | Meaning |\n|---|---|---|---|---|\n", ""));
    }

    private static String row(ConfigDef.ConfigKey key) {
        return "| `%s` | %s | `%s` | %s | %s |\n"
                .formatted(
                        key.name,
                        key.type.toString().toLowerCase(Locale.ROOT),
                        key.defaultValue,
                        key.validator,
                        key.documentation.replace("<name>", "&lt;name>"));
    }
}
