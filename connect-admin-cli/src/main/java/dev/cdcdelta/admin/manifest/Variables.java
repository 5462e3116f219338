package dev.cdcdelta.admin.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.admin.failure.CommandException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${name}} in texts. What has a colon, such as {@code ${file:/secrets:key}}, is a reference that the workers resolve, and
 * stays; so do the variables of the sink's own in names of tables. {@code $${name}} stands for {@code ${name}} itself.
 */
public final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("(\\$?)\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)}");
    private static final Set<String> TABLE_NAMES = Set.of("table.name", "append.table.name");
    private static final Set<String> OF_THE_SINK = Set.of("topic", "database", "collection", "field");

    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * @param file null for none
     * @param settings {@code NAME=VALUE}, which win over the file
     */
    public static Variables of(@Nullable Path file, List<String> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        if (file != null) {
            for (JsonNode document : ManifestText.documents(file)) {
                values.putAll(ManifestText.texts(document, file, "values"));
            }
        }
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage(
                        "--set takes NAME=VALUE; one has no '=' behind a name.", "For example --set environment=prod.");
            }
            values.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Variables(values);
    }

    /**
     * @param place of the text, for the message
     * @throws CommandException if a variable has no value
     */
    String replace(String key, String text, String place) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(found -> {
            String name = found.group(2);
            if (!found.group(1).isEmpty()) {
                return Matcher.quoteReplacement("${" + name + "}");
            }
            if (TABLE_NAMES.contains(key) && OF_THE_SINK.contains(name)) {
                return Matcher.quoteReplacement(found.group());
            }
            String value = values.get(name);
            if (value == null) {
                throw CommandException.usage(
                        "The variable ${" + name + "} of " + key + " in " + place + " has no value.",
                        "Give --set " + name + "=VALUE or a --values file with it, or write $${" + name
                                + "} for the text itself.");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
