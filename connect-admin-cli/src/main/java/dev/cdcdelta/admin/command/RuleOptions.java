package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options that say what connectors are told of fields. */
final class RuleOptions {
    @Option(
            names = "--conflict-policy",
            defaultValue = "sidecar",
            paramLabel = "POLICY",
            description = "conflict.policy of the connector: sidecar, json, dlq or fail (sidecar).")
    private String policy = "sidecar";

    @Option(
            names = "--conflict-policies",
            defaultValue = "",
            paramLabel = "PATH=POLICY,...",
            description = "conflict.policies of the connector.")
    private String policies = "";

    @Option(
            names = "--schema-hints",
            defaultValue = "",
            paramLabel = "PATH=TYPE,...",
            description = "schema.hints of the connector.")
    private String hints = "";

    @Option(
            names = "--schema-max-depth",
            defaultValue = "16",
            paramLabel = "LEVELS",
            description = "schema.max.depth of the connector (16).")
    private int depth;

    @Option(
            names = "--schema-max-columns",
            defaultValue = "1000",
            paramLabel = "N",
            description = "schema.max.columns of the connector (1000).")
    private int columns;

    @Option(
            names = "--decimal-mode",
            defaultValue = "string",
            paramLabel = "MODE",
            description = "decimal.mode of the connector: string, double or decimal(p,s) (string).")
    private String decimals = "string";

    SchemaRules rules() {
        try {
            return SchemaRules.of(ConflictPolicy.valueOf(policy.toUpperCase(Locale.ROOT)), policies, hints)
                    .with(DecimalMode.of(decimals))
                    .within(new SchemaLimits(depth, columns));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    "The rules for fields cannot be read: " + e.getMessage() + ".",
                    "Give them as the connectors take them: path=policy or path=type, with commas between.");
        }
    }
}
