package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

public final class TableNameValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            new TableName(value.toString()).variables();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "a relative path with variables, such as ${topic}, ${database}, ${collection}";
    }
}
