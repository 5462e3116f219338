package dev.cdcdelta.reconcile.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** Writes the reference page when run with {@code -Dreference.update=true}; otherwise checks that it is up to date. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "reconciliation-connector.md");

    @Test
    void theReferencePageIsWhatTheDefinitionSays() throws IOException {
        if (Boolean.getBoolean("reference.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("out of date: run the test with -Dreference.update=true")
                .isEqualTo(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder("# Reconciliation connector: configuration\n\n")
                .append("`connector.class` is `dev.cdcdelta.reconcile.ReconciliationConnector`. ")
                .append("This page is generated from the connector's definition; do not edit it.\n");
        for (String group : ReconcileConfigDef.DEFINITION.groups()) {
            page.append("\n## ").append(group).append('\n');
            keys(group).forEach(key -> append(page, key));
        }
        page.append("\n## Families of keys\n");
        for (ReconcileConfigDef.KeyFamily family : ReconcileConfigDef.FAMILIES) {
            page.append("\n### `")
                    .append(family.prefix())
                    .append("*`\n\n")
                    .append(family.documentation())
                    .append('\n');
        }
        return page.toString();
    }

    private static List<ConfigDef.ConfigKey> keys(String group) {
        return ReconcileConfigDef.DEFINITION.configKeys().values().stream()
                .filter(key -> key.group.equals(group))
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .toList();
    }

    private static String defaultValue(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "- Required";
        }
        boolean isEmpty = key.defaultValue == null || key.defaultValue.equals(List.of());
        return isEmpty ? "- Default: none" : "- Default: `" + key.defaultValue + "`";
    }

    private static void append(StringBuilder page, ConfigDef.ConfigKey key) {
        page.append("\n### `")
                .append(key.name)
                .append("`\n\n")
                .append(key.documentation)
                .append("\n\n");
        page.append("- Type: ").append(key.type.name().toLowerCase(Locale.ROOT)).append('\n');
        page.append(defaultValue(key)).append('\n');
        if (key.validator != null) {
            page.append("- Values: ").append(key.validator).append('\n');
        }
        page.append("- Importance: ")
                .append(key.importance.name().toLowerCase(Locale.ROOT))
                .append('\n');
    }
}
