package dev.cdcdelta.sink.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * One of some words, in any case.
 *
 * @param refused words that a user may expect here, and why they are not taken
 */
record Choice(Set<String> allowed, Map<String, String> refused) implements ConfigDef.Validator {
    Choice {
        allowed = new TreeSet<>(allowed);
        refused = Map.copyOf(refused);
    }

    static Choice of(String... allowed) {
        return new Choice(Set.of(allowed), Map.of());
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        String word = String.valueOf(value).toLowerCase(Locale.ROOT);
        if (!allowed.contains(word)) {
            String reason = refused.get(word);
            throw new ConfigException(
                    name, value, (reason == null ? "" : "'" + word + "' is " + reason + "; ") + "use " + this);
        }
    }

    @Override
    public String toString() {
        return (allowed.size() == 1 ? "" : "one of ") + String.join(", ", allowed);
    }
}
