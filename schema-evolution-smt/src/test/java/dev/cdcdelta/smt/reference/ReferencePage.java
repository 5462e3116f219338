package dev.cdcdelta.smt.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What a definition says, as a page for users.
 *
 * @param introduction a paragraph
 * @param families keys whose ends are not in the definition
 */
public record ReferencePage(String title, String introduction, ConfigDef definition, List<Family> families) {
    private static final Path FOLDER = Path.of("..", "docs", "reference");

    public ReferencePage {
        families = List.copyOf(families);
    }

    /** All keys that begin with the prefix. */
    public record Family(String prefix, String documentation) {}

    /** Writes the page when run with {@code -Dreference.update=true}; otherwise fails unless it is up to date. */
    public void mustBe(String file) throws IOException {
        Path page = FOLDER.resolve(file);
        if (Boolean.getBoolean("reference.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(page, text());
        }
        assertThat(Files.readString(page))
                .as("out of date: run the test with -Dreference.update=true")
                .isEqualTo(text());
    }

    private String text() {
        StringBuilder page =
                new StringBuilder("# " + title + "\n\n").append(introduction).append('\n');
        for (String group : definition.groups()) {
            page.append("\n## ").append(group).append('\n');
            definition.configKeys().values().stream()
                    .filter(key -> key.group.equals(group))
                    .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                    .forEach(key -> append(page, key));
        }
        if (!families.isEmpty()) {
            page.append("\n## Families of keys\n");
        }
        for (Family family : families) {
            page.append("\n### `")
                    .append(family.prefix())
                    .append("*`\n\n")
                    .append(family.documentation())
                    .append('\n');
        }
        return page.toString();
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

    private static String defaultValue(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "- Required";
        }
        boolean isEmpty = key.defaultValue == null || key.defaultValue.equals(List.of()) || key.defaultValue.equals("");
        return isEmpty ? "- Default: none" : "- Default: `" + key.defaultValue + "`";
    }
}
