package dev.cdcdelta.sink.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** One of some words, in any case. */
public record Choice(Set<String> allowed) implements ConfigDef.Validator, ConfigDef.Recommender {
    public Choice {
        allowed = new TreeSet<>(allowed);
    }

    public static Choice of(String... allowed) {
        return new Choice(Set.of(allowed));
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (!allowed.contains(String.valueOf(value).toLowerCase(Locale.ROOT))) {
            throw new ConfigException(name, value, "use " + this);
        }
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
        return List.copyOf(allowed);
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsedConfig) {
        return true;
    }

    @Override
    public String toString() {
        return "one of " + String.join(", ", allowed);
    }
}
