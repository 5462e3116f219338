package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;

/**
 * What documents may do to a table's columns.
 *
 * @param conflicts for fields without a policy of their own
 * @param policies {@code path=policy}, with commas between them
 * @param hints {@code path=type}, with commas between them
 */
public record SchemaPolicy(
        SchemaGrowth growth,
        ConflictPolicy conflicts,
        String policies,
        String hints,
        DecimalMode decimals,
        SchemaLimits limits) {
    /** @throws IllegalArgumentException if one of the lists cannot be read */
    public SchemaRules rules() {
        return SchemaRules.of(conflicts, policies, hints).with(decimals).within(limits);
    }
}
