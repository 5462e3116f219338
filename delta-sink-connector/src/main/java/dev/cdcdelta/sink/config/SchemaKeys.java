package dev.cdcdelta.sink.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What documents may do to a table's columns. */
final class SchemaKeys {
    private SchemaKeys() {}

    static void define(ConfigDef definition) {
        new KeyGroup(definition, "Schema")
                .key(
                        SinkConfigDef.SCHEMA_EVOLUTION,
                        Type.STRING,
                        "widen",
                        Choice.of("none", "add", "widen"),
                        Importance.MEDIUM,
                        "What documents may change about a table's columns. `none`: nothing, the first document makes the columns of a"
                                + " new table; `add`: new fields become columns; `widen`: that, and columns take a wider type where"
                                + " that loses nothing (int to bigint or double, float to double, decimal growth).",
                        "Schema evolution")
                .key(
                        SinkConfigDef.CONFLICT_POLICY,
                        Type.STRING,
                        "sidecar",
                        Choice.of("sidecar", "fail"),
                        Importance.MEDIUM,
                        "What becomes of a value that does not fit its column. `sidecar`: the column `<name>__json` takes it as canonical"
                                + " extended JSON; `fail`: the record is refused, and `errors.tolerance` says what becomes of it.",
                        "Conflict policy");
    }
}
