package dev.cdcdelta.smt;

import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.List;
import java.util.Random;

/** Rules for the fields of {@link RandomDocuments} that refuse nothing. */
public final class RandomRules {
    private static final List<String> PATHS =
            List.of("a", "b", "c", "*", "**", "*.a", "a.**", "**.b", "b%2Ec", "**.b%2Ec", "time", "c.*");
    private static final List<String> TYPES = List.of(
            "int",
            "bigint",
            "double",
            "decimal(12,2)",
            "boolean",
            "timestamp",
            "json",
            "array<bigint>",
            "array<json>",
            "binary",
            "objectid");
    private static final List<String> MODES = List.of("string", "double", "decimal(12,2)", "decimal(38,10)");

    private RandomRules() {}

    public static SchemaRules of(Random random, int columns) {
        StringBuilder policies = new StringBuilder();
        StringBuilder hints = new StringBuilder();
        for (int rules = random.nextInt(3); rules > 0; rules--) {
            String policy = random.nextBoolean() ? "json" : "sidecar";
            policies.append(pick(random, PATHS)).append('=').append(policy).append(',');
        }
        for (int rules = random.nextInt(3); rules > 0; rules--) {
            String path = pick(random, PATHS);
            // A wildcard would catch _id too, which is a matter of its own.
            hints.append(path.equals("*") || path.equals("**") ? "b" : path)
                    .append('=')
                    .append(pick(random, TYPES))
                    .append(',');
        }
        return SchemaRules.of(ConflictPolicy.SIDECAR, policies.toString(), hints.toString())
                .with(DecimalMode.of(pick(random, MODES)))
                .within(new SchemaLimits(1 + random.nextInt(4), columns));
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
