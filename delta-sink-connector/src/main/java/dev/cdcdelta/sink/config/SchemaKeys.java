package dev.cdcdelta.sink.config;

import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
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
                        Choice.of("sidecar", "json", "dlq", "fail"),
                        Importance.MEDIUM,
                        "What becomes of a value that does not fit its column. `sidecar`: the column `<name>__json` takes it as canonical"
                                + " extended JSON; `json`: columns are such text from their first value on; `dlq`: the record is refused,"
                                + " and `errors.tolerance` says what becomes of it; `fail`: the task stops.",
                        "Conflict policy")
                .key(
                        SinkConfigDef.CONFLICT_POLICIES,
                        Type.STRING,
                        "",
                        new SchemaRulesValidator(
                                "a list of path=policy", text -> SchemaRules.of(ConflictPolicy.SIDECAR, text, "")),
                        Importance.LOW,
                        "Conflict policies for fields of their own: a list of `path=policy`, of which the first that fits counts. Names are"
                                + " joined by points, arrays are passed through, `*` stands for one name and `**` for any number of"
                                + " them: `items.*=json,address.**=dlq`. `%2E` stands for a point within a name, `%2C` for a comma,"
                                + " `%2A` for an asterisk, `%25` for a percent sign.",
                        "Conflict policies by field")
                .key(
                        SinkConfigDef.SCHEMA_HINTS,
                        Type.STRING,
                        "",
                        new SchemaRulesValidator(
                                "a list of path=type", text -> SchemaRules.of(ConflictPolicy.SIDECAR, "", text)),
                        Importance.LOW,
                        "Types that fields have from their first value on: a list of `path=type`, with paths as in `conflict.policies`"
                                + " and the types boolean, int, bigint, double, decimal(p,s), string, objectid, uuid, binary, timestamp,"
                                + " json and array&lt;...> of these. A number fits where the type holds exactly that number, whatever"
                                + " its BSON type is. A value that does not fit is in conflict.",
                        "Declared types")
                .key(
                        SinkConfigDef.DECIMAL_MODE,
                        Type.STRING,
                        "string",
                        new SchemaRulesValidator("`string`, `decimal(p,s)` or `double`", DecimalMode::of),
                        Importance.LOW,
                        "What Decimal128 values without a hint become, where the sink reads Debezium's events by itself: `string`, which"
                                + " holds all of them, `decimal(p,s)` or `double`. A value that is not exactly one of the latter is in"
                                + " conflict.",
                        "Decimals")
                .key(
                        SinkConfigDef.MAX_DEPTH,
                        Type.INT,
                        SchemaLimits.DEFAULT.depth(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "How many documents and arrays a field may be within, the document itself included. Documents and arrays that"
                                + " lie deeper are canonical extended JSON.",
                        "Deepest columns")
                .key(
                        SinkConfigDef.MAX_COLUMNS,
                        Type.INT,
                        SchemaLimits.DEFAULT.columns(),
                        Range.atLeast(1),
                        Importance.LOW,
                        "How many columns the fields of documents may have in a table, those of nested documents included. Further ones"
                                + " go to the column `__rest` of the document that they are fields of: one document, in canonical"
                                + " extended JSON.",
                        "Most columns");
    }
}
