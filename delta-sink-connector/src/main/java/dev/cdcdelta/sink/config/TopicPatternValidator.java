package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

public final class TopicPatternValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            new TopicPattern(String.valueOf(value)).groups();
        } catch (PatternSyntaxException e) {
            throw new ConfigException(
                    name, value, "is no regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
    }

    @Override
    public String toString() {
        return "a regular expression";
    }
}
