package dev.cdcdelta.smt;

import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The options of {@link SchemaRules}, which the transform and the sink have in common. */
public final class SchemaOptions {
    public static final String CONFLICT_POLICY = "conflict.policy";
    public static final String CONFLICT_POLICIES = "conflict.policies";
    public static final String HINTS = "schema.hints";
    public static final String DECIMAL_MODE = "decimal.mode";
    public static final String MAX_DEPTH = "schema.max.depth";
    public static final String MAX_COLUMNS = "schema.max.columns";

    /** The words of {@link #CONFLICT_POLICY}. */
    public static final List<String> POLICIES = List.of("sidecar", "json", "dlq", "fail");

    /** One of them, as definitions of options take it. */
    public record Option(
            String key,
            Type type,
            Object defaultValue,
            ConfigDef.Validator validator,
            Importance importance,
            String documentation,
            String displayName) {}

    public static final List<Option> ALL = List.of(
            new Option(
                    CONFLICT_POLICY,
                    Type.STRING,
                    "sidecar",
                    ConfigDef.CaseInsensitiveValidString.in(POLICIES.toArray(String[]::new)),
                    Importance.MEDIUM,
                    "What becomes of a value that no lossless widening of its field's type holds. `sidecar`: the field keeps its"
                            + " type, and a field `<name>__json` beside it takes the value as canonical extended JSON text."
                            + " `json`: fields are such text from their first value on. `dlq`: the record is refused, and"
                            + " `errors.tolerance` says what becomes of it. `fail`: the task stops, in the sink whatever"
                            + " `errors.tolerance` says. `_id` is not meant by this default; its values of another type always go"
                            + " to `_id__json`.",
                    "Conflict policy"),
            new Option(
                    CONFLICT_POLICIES,
                    Type.STRING,
                    "",
                    checked(SchemaRules::policies, "path=policy, …"),
                    Importance.MEDIUM,
                    "Policies of single fields, as `path=policy` with commas between them; the first that matches a field counts."
                            + " In a path `*` is one step of any name and `**` any number of steps; arrays are no step"
                            + " (`items.price` is a field of the documents in `items`). `%2E`, `%2C`, `%3D`, `%2A` and `%25` stand for"
                            + " the characters . , = * and % within a name.",
                    "Conflict policies by path"),
            new Option(
                    HINTS,
                    Type.STRING,
                    "",
                    checked(SchemaRules::hints, "path=type, …"),
                    Importance.MEDIUM,
                    "Types of fields that hold from the first document on, as `path=type`, with paths as in `conflict.policies`."
                            + " Types are `string`, `int`, `bigint`, `double`, `decimal(p,s)`, `boolean`, `timestamp`, `binary`,"
                            + " `objectid`, `uuid`, `json` (canonical extended JSON text, which holds any value), and `array<…>` of"
                            + " these. Numbers of any type fit where the declared one holds exactly that number; values that do not"
                            + " fit go by the conflict policy.",
                    "Declared types"),
            new Option(
                    DECIMAL_MODE,
                    Type.STRING,
                    "string",
                    checked(SchemaRules::decimals, "string, double or decimal(p,s)"),
                    Importance.LOW,
                    "How Decimal128 values are stored: `string`, which holds all of them; `decimal(p,s)`; or `double`. What a"
                            + " decimal or a double does not hold exactly goes by the conflict policy.",
                    "Decimal mode"),
            new Option(
                    MAX_DEPTH,
                    Type.INT,
                    SchemaLimits.DEFAULT.depth(),
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "How many documents and arrays a column's value may be within, the whole document included. Documents and"
                            + " arrays deeper than that are canonical extended JSON text.",
                    "Greatest depth"),
            new Option(
                    MAX_COLUMNS,
                    Type.INT,
                    SchemaLimits.DEFAULT.columns(),
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "How many columns the fields of documents may have, nested ones included. Fields that come when there are so many"
                            + " go, as one document in canonical extended JSON text, to `__rest` of the document that they are"
                            + " fields of.",
                    "Greatest number of columns"));

    private SchemaOptions() {}

    private interface Reader {
        Object read(String key, String text);
    }

    private static ConfigDef.Validator checked(Reader reader, String form) {
        return ConfigDef.LambdaValidator.with(
                (key, value) -> reader.read(key, value == null ? "" : value.toString()), () -> form);
    }

    /** Adds the options to a definition. */
    static ConfigDef define(ConfigDef definition) {
        for (Option option : ALL) {
            definition.define(
                    option.key(),
                    option.type(),
                    option.defaultValue(),
                    option.validator(),
                    option.importance(),
                    option.documentation());
        }
        return definition;
    }

    /** What a configuration with these options says. */
    public static SchemaRules rules(AbstractConfig config) {
        return new SchemaRules(
                ConflictPolicy.valueOf(config.getString(CONFLICT_POLICY).toUpperCase(Locale.ROOT)),
                SchemaRules.policies(CONFLICT_POLICIES, config.getString(CONFLICT_POLICIES)),
                SchemaRules.hints(HINTS, config.getString(HINTS)),
                SchemaRules.decimals(DECIMAL_MODE, config.getString(DECIMAL_MODE)),
                new SchemaLimits(config.getInt(MAX_DEPTH), config.getInt(MAX_COLUMNS)));
    }
}
