package dev.cdcdelta.reconcile.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A time zone, with those that are known as recommendations. */
final class ZoneValidator implements ConfigDef.Validator, ConfigDef.Recommender {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            ZoneId.of(String.valueOf(value));
        } catch (DateTimeException e) {
            throw new ConfigException(name, value, "is no time zone: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "a time zone";
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
        return ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .<Object>map(zone -> zone)
                .toList();
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsedConfig) {
        return true;
    }
}
