package dev.cdcdelta.sink.config;

import dev.cdcdelta.smt.SchemaOptions;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What documents may do to a table's columns. */
final class SchemaKeys {
    private SchemaKeys() {}

    static void define(ConfigDef definition) {
        KeyGroup group = new KeyGroup(definition, "Schema");
        group.key(
                SinkConfigDef.SCHEMA_EVOLUTION,
                Type.STRING,
                "widen",
                Choice.of("none", "add", "widen"),
                Importance.MEDIUM,
                "What documents may change about a table's columns. `none`: nothing, the first document makes the columns of a"
                        + " new table; `add`: new fields become columns; `widen`: that, and columns take a wider type where"
                        + " that loses nothing (int to bigint or double, float to double, decimal growth). Where the table"
                        + " itself forbids it (`delta.enableTypeWidening=false`), `widen` is as `add`: what does not fit its"
                        + " column goes by the conflict policy.",
                "Schema evolution");
        for (SchemaOptions.Option option : SchemaOptions.ALL) {
            boolean isChoice = option.key().equals(SchemaOptions.CONFLICT_POLICY);
            group.key(
                    option.key(),
                    option.type(),
                    option.defaultValue(),
                    isChoice ? Choice.of(SchemaOptions.POLICIES.toArray(String[]::new)) : option.validator(),
                    option.importance(),
                    option.documentation(),
                    option.displayName());
        }
    }
}
