package dev.cdcdelta.admin.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What applying a configuration would do to a connector.
 *
 * @param keys per changed key what happens to it; secrets hidden
 */
public record ConfigChange(String connector, Action action, List<String> keys) {
    public enum Action {
        CREATED,
        UPDATED,
        UNCHANGED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public ConfigChange {
        keys = List.copyOf(keys);
    }

    static ConfigChange between(String connector, Optional<Map<String, String>> before, Map<String, String> after) {
        if (before.isEmpty()) {
            return new ConfigChange(connector, Action.CREATED, List.of());
        }
        Map<String, String> old = before.get();
        List<String> keys = new ArrayList<>();
        var all = new TreeSet<>(old.keySet());
        all.addAll(after.keySet());
        for (String key : all) {
            if (!Objects.equals(old.get(key), after.get(key))) {
                keys.add(key + ": " + shown(key, old) + " -> " + shown(key, after));
            }
        }
        return new ConfigChange(connector, keys.isEmpty() ? Action.UNCHANGED : Action.UPDATED, keys);
    }

    private static String shown(String key, Map<String, String> config) {
        String value = config.get(key);
        return value == null ? "(absent)" : SecretReference.shown(key, value);
    }
}
