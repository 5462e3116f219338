package dev.cdcdelta.admin.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What applying a configuration would do to a connector.
 *
 * @param keys per changed key what happens to it; secrets hidden
 */
public record ConfigChange(String connector, Action action, List<KeyChange> keys) {
    private static final String ABSENT = "(absent)";

    /** What a worker's REST extension shows to those who may not see a value: it says nothing of a difference. */
    private static final String HIDDEN = "[hidden]";

    /**
     * One key, with values as they may be shown.
     *
     * @param before {@code (absent)} where it is new
     * @param after {@code (absent)} where it goes
     */
    public record KeyChange(String key, String before, String after) {
        @Override
        public String toString() {
            return key + ": " + before + " -> " + after;
        }
    }

    public enum Action {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** It belongs to the same owner and stands in no file any more. */
        DELETED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public ConfigChange {
        keys = List.copyOf(keys);
    }

    static ConfigChange between(String connector, Optional<Map<String, String>> before, Map<String, String> after) {
        Action action = before.isEmpty() ? Action.CREATED : Action.UPDATED;
        Map<String, String> old = before.orElseGet(Map::of);
        List<KeyChange> keys = new ArrayList<>();
        var all = new TreeSet<>(old.keySet());
        all.addAll(after.keySet());
        for (String key : all) {
            String one = old.get(key);
            String two = after.get(key);
            if (!Objects.equals(one, two) && !HIDDEN.equals(one)) {
                keys.add(changed(key, one, two));
            }
        }
        return new ConfigChange(connector, keys.isEmpty() ? Action.UNCHANGED : action, keys);
    }

    static ConfigChange deleted(String connector) {
        return new ConfigChange(connector, Action.DELETED, List.of());
    }

    private static KeyChange changed(String key, @Nullable String before, @Nullable String after) {
        String one = before == null ? ABSENT : SecretReference.shown(key, before);
        String two = after == null ? ABSENT : SecretReference.shown(key, after);
        return new KeyChange(key, one, one.equals(two) ? two + " (another)" : two);
    }

    /** Whether there is anything to do. */
    public boolean isChange() {
        return action != Action.UNCHANGED;
    }
}
