package dev.cdcdelta.reconcile.config;

import java.time.ZoneOffset;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A line of cron, or nothing. */
final class CronValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            CronSchedule.parse(String.valueOf(value), ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "is no line of cron: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "minute hour day-of-month month day-of-week";
    }
}
