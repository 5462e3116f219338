package dev.cdcdelta.sink.config;

import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the user's words.
 *
 * @param form what they look like
 * @param reader throws an IllegalArgumentException that tells what is wrong with them
 */
record SchemaRulesValidator(String form, Consumer<String> reader) implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            reader.accept(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage() + "; use " + this);
        }
    }

    @Override
    public String toString() {
        return form;
    }
}
