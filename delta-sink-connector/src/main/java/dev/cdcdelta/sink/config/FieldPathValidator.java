package dev.cdcdelta.sink.config;

import java.util.Arrays;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

final class FieldPathValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value != null && Arrays.stream(value.toString().split("\\.", -1)).anyMatch(String::isBlank)) {
            throw new ConfigException(name, value, "must be " + this);
        }
    }

    @Override
    public String toString() {
        return "names of fields, with dots between them";
    }
}
