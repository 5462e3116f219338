package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Rules for the fields of {@code RandomDocuments}: policies and types by exact paths and by wildcards. */
final class RandomRules {
    private static final List<String> PATHS = List.of(
            "a", "b", "c", "a.b", "b.a", "a.b.c", "*", "a.*", "*.b", "**", "b.**", "**.c", "t*", "ü€😀", "a__json_");
    private static final List<String> TYPES = List.of(
            "boolean",
            "int",
            "bigint",
            "double",
            "decimal(12,3)",
            "decimal(38,10)",
            "string",
            "objectid",
            "uuid",
            "binary",
            "timestamp",
            "json",
            "array<int>",
            "array<double>",
            "array<string>",
            "array<json>",
            "array<array<bigint>>");

    private final Random random;

    RandomRules(Random random) {
        this.random = random;
    }

    /** What a user would write for {@link SchemaRules#of(ConflictPolicy, String, String)}. */
    record Text(ConflictPolicy otherwise, String policies, String hints) {
        SchemaRules read() {
            return SchemaRules.of(otherwise, policies, hints);
        }
    }

    /** @param choices the policies to draw from */
    Text next(List<ConflictPolicy> choices) {
        List<String> policies = new ArrayList<>();
        for (int rules = random.nextInt(5); rules > 0; rules--) {
            policies.add(pick(PATHS) + "=" + pick(choices).name().toLowerCase(Locale.ROOT));
        }
        List<String> hints = new ArrayList<>();
        for (int rules = random.nextInt(4); rules > 0; rules--) {
            hints.add(pick(PATHS) + "=" + pick(TYPES));
        }
        return new Text(pick(choices), String.join(",", policies), String.join(",", hints));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
