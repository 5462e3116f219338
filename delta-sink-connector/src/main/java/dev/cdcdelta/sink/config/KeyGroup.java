package dev.cdcdelta.sink.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Adds keys to a definition, in the order in which a form shows them. */
public final class KeyGroup {
    private final ConfigDef definition;
    private final String name;
    private int keys;

    public KeyGroup(ConfigDef definition, String name) {
        this.definition = definition;
        this.name = name;
    }

    /** @param validator one that is a {@link ConfigDef.Recommender} too tells forms its values */
    public KeyGroup key(
            String key,
            ConfigDef.Type type,
            @Nullable Object defaultValue,
            ConfigDef.@Nullable Validator validator,
            Importance importance,
            String documentation,
            String displayName) {
        definition.define(new ConfigDef.ConfigKey(
                key,
                type,
                defaultValue,
                validator,
                importance,
                documentation,
                name,
                ++keys,
                type == ConfigDef.Type.STRING || type == ConfigDef.Type.LIST ? Width.LONG : Width.SHORT,
                displayName,
                List.of(),
                validator instanceof ConfigDef.Recommender recommender ? recommender : null,
                false));
        return this;
    }
}
