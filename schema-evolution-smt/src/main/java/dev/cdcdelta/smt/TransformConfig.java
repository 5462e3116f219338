package dev.cdcdelta.smt;

import dev.cdcdelta.smt.registry.RegistryKeys;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The transform's own settings, beside those of the registry.
 *
 * @param cachedTopics how many topics' schemas are kept
 * @param appliesUpdates whether updates without an image are handed on
 * @param keepsText whether whole documents are handed on as text
 */
record TransformConfig(SchemaRules rules, int cachedTopics, boolean appliesUpdates, boolean keepsText) {
    static final int MOST_TOPICS = 1000;

    static final ConfigDef DEFINITION = RegistryKeys.define(new ConfigDef()
            .define(
                    SchemaEvolution.CONFLICT_POLICY,
                    ConfigDef.Type.STRING,
                    "sidecar",
                    ConfigDef.ValidString.in("sidecar", "json", "dlq", "fail"),
                    ConfigDef.Importance.MEDIUM,
                    "What becomes of a value that no lossless widening of its field's type holds. 'sidecar': the field keeps its"
                            + " type, and a field '<name>__json' beside it takes the value as canonical extended JSON. 'json': the"
                            + " field is such text from its first value on. 'dlq': the record is refused, and errors.tolerance says"
                            + " what becomes of it. 'fail': the same in a transform; a sink that reads the events by itself stops.")
            .define(
                    SchemaEvolution.CONFLICT_POLICIES,
                    ConfigDef.Type.STRING,
                    "",
                    new RulesValidator(text -> SchemaRules.of(ConflictPolicy.SIDECAR, text, "")),
                    ConfigDef.Importance.MEDIUM,
                    "The same for fields of their own: a list of path=policy, of which the first that fits counts. Names are"
                            + " joined by points, arrays are passed through, '*' stands for one name and '**' for any number of them:"
                            + " 'items.*=json,address.**=dlq'. '%2E' stands for a point within a name, '%2C' for a comma, '%2A' for"
                            + " an asterisk, '%25' for a percent sign.")
            .define(
                    SchemaEvolution.SCHEMA_HINTS,
                    ConfigDef.Type.STRING,
                    "",
                    new RulesValidator(text -> SchemaRules.of(ConflictPolicy.SIDECAR, "", text)),
                    ConfigDef.Importance.MEDIUM,
                    "Types that fields have from their first value on: a list of path=type, with paths as in conflict.policies and"
                            + " the types boolean, int, bigint, double, decimal(p,s), string, objectid, uuid, binary, timestamp, json"
                            + " and array<...> of these. A number fits where the type holds exactly that number, whatever its BSON type"
                            + " is. A value that does not fit is in conflict.")
            .define(
                    SchemaEvolution.DECIMAL_MODE,
                    ConfigDef.Type.STRING,
                    "string",
                    new RulesValidator(DecimalMode::of, "string, decimal(p,s) or double"),
                    ConfigDef.Importance.MEDIUM,
                    "What Decimal128 values without a hint become: 'string', which holds all of them, 'decimal(p,s)' or 'double'. A"
                            + " value that is not exactly one of the latter is in conflict.")
            .define(
                    SchemaEvolution.MAX_DEPTH,
                    ConfigDef.Type.INT,
                    SchemaLimits.DEFAULT.depth(),
                    ConfigDef.Range.atLeast(1),
                    ConfigDef.Importance.LOW,
                    "How many documents and arrays a field may be within, the document itself included. Documents and arrays that"
                            + " lie deeper are canonical extended JSON.")
            .define(
                    SchemaEvolution.MAX_COLUMNS,
                    ConfigDef.Type.INT,
                    SchemaLimits.DEFAULT.columns(),
                    ConfigDef.Range.atLeast(1),
                    ConfigDef.Importance.LOW,
                    "How many fields of a topic's documents have fields of their own in its schema, those of nested documents"
                            + " included. Further ones go to '__rest' of the document that they are fields of: one document, in"
                            + " canonical extended JSON.")
            .define(
                    SchemaEvolution.CACHED_TOPICS,
                    ConfigDef.Type.INT,
                    MOST_TOPICS,
                    ConfigDef.Range.atLeast(1),
                    ConfigDef.Importance.LOW,
                    "Number of topics whose schemas are kept; the least recently used one is forgotten and starts again with"
                            + " the next document of its topic.")
            .define(
                    SchemaEvolution.UPDATE_MODE,
                    ConfigDef.Type.STRING,
                    "lookup",
                    ConfigDef.ValidString.in("lookup", "apply"),
                    ConfigDef.Importance.MEDIUM,
                    "What becomes of an update whose event carries no document. 'lookup': it is left out. 'apply': what it"
                            + " says of the changed fields is handed on, for a sink with the same update.mode to apply it to the"
                            + " stored row.")
            .define(
                    SchemaEvolution.DOCUMENT_TEXT,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    ConfigDef.Importance.MEDIUM,
                    "Whether the whole document is handed on as canonical extended JSON in the header '"
                            + ChangeHeaders.WHOLE_DOCUMENT
                            + "', for a sink with document.text=true to keep it in the column _doc."));

    /** @param firstPolicies policies by field that come before the user's; empty, or with a comma behind */
    static TransformConfig of(AbstractConfig config, String firstPolicies) {
        SchemaRules rules = SchemaRules.of(
                        ConflictPolicy.valueOf(config.getString(SchemaEvolution.CONFLICT_POLICY)
                                .toUpperCase(Locale.ROOT)),
                        firstPolicies + config.getString(SchemaEvolution.CONFLICT_POLICIES),
                        config.getString(SchemaEvolution.SCHEMA_HINTS))
                .with(DecimalMode.of(config.getString(SchemaEvolution.DECIMAL_MODE)))
                .within(new SchemaLimits(
                        config.getInt(SchemaEvolution.MAX_DEPTH), config.getInt(SchemaEvolution.MAX_COLUMNS)));
        return new TransformConfig(
                rules,
                config.getInt(SchemaEvolution.CACHED_TOPICS),
                config.getString(SchemaEvolution.UPDATE_MODE).equals("apply"),
                config.getBoolean(SchemaEvolution.DOCUMENT_TEXT));
    }
}
