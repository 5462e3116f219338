package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.CommandException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings of the user's own on top of a template. */
final class Overrides {
    private static final Set<String> FIXED = Set.of("name", "connector.class");

    private Overrides() {}

    static void apply(Map<String, String> config, Map<String, String> settings) {
        new TreeMap<>(settings).forEach((key, value) -> {
            if (FIXED.contains(key)) {
                throw CommandException.usage(
                        "'" + key + "' of a pipeline's connector cannot be set.", "Use --name to name the pipeline.");
            }
            if (value.isEmpty()) {
                config.remove(key);
            } else {
                config.put(key, value);
            }
        });
    }
}
