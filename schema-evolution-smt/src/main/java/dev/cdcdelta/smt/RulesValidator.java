package dev.cdcdelta.smt;

import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the user's words.
 *
 * @param reader throws an IllegalArgumentException that tells what is wrong with them
 * @param form what they look like
 */
record RulesValidator(Consumer<String> reader, String form) implements ConfigDef.Validator {
    RulesValidator(Consumer<String> reader) {
        this(reader, "a list of path=rule");
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            reader.accept(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return form;
    }
}
