package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What users say about fields: which types they have, and what becomes of values in conflict. Of several rules for a field the first one
 * counts.
 */
public final class SchemaRules {
    /** Beyond this, fields are looked up anew. */
    private static final int REMEMBERED = 10_000;

    /** Documents used as maps have names of any length. */
    private static final int LONGEST_REMEMBERED = 256;

    private final ConflictPolicy otherwise;
    private final List<Rule<ConflictPolicy>> policies;
    private final List<Rule<FieldType>> types;
    private final DecimalMode decimals;
    private final SchemaLimits limits;
    private final Map<String, Decision> decisions = new ConcurrentHashMap<>();

    private record Rule<T>(PathPattern path, T what) {}

    private record Decision(ConflictPolicy policy, Optional<FieldType> pinned) {}

    private SchemaRules(
            ConflictPolicy otherwise,
            List<Rule<ConflictPolicy>> policies,
            List<Rule<FieldType>> types,
            DecimalMode decimals,
            SchemaLimits limits) {
        this.otherwise = otherwise;
        this.policies = policies;
        this.types = types;
        this.decimals = decimals;
        this.limits = limits;
    }

    /** The same for all fields; Decimal128 values are text, and the limits are the default ones. */
    public static SchemaRules of(ConflictPolicy policy) {
        return new SchemaRules(policy, List.of(), List.of(), DecimalMode.TEXT, SchemaLimits.DEFAULT);
    }

    /**
     * Reads rules; Decimal128 values are text, and the limits are the default ones.
     *
     * @param otherwise for fields without a rule
     * @param policies {@code path=policy}, with commas between them
     * @param hints {@code path=type}, with commas between them
     * @throws IllegalArgumentException if one is none; the message quotes it
     */
    public static SchemaRules of(ConflictPolicy otherwise, String policies, String hints) {
        List<Rule<ConflictPolicy>> forConflicts = new ArrayList<>();
        for (String rule : split(policies)) {
            forConflicts.add(new Rule<>(path(rule), policy(rule)));
        }
        List<Rule<FieldType>> forTypes = new ArrayList<>();
        for (String rule : split(hints)) {
            forTypes.add(new Rule<>(path(rule), DeclaredType.of(what(rule))));
        }
        return new SchemaRules(
                otherwise, List.copyOf(forConflicts), List.copyOf(forTypes), DecimalMode.TEXT, SchemaLimits.DEFAULT);
    }

    /** The comma of a decimal's precision and scale is none between rules. */
    private static List<String> split(String rules) {
        List<String> split = new ArrayList<>();
        for (String rule : rules.split(",(?![^(]*\\))", -1)) {
            if (!rule.isBlank()) {
                split.add(rule.strip());
            }
        }
        return split;
    }

    private static ConflictPolicy policy(String rule) {
        try {
            return ConflictPolicy.valueOf(what(rule).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + rule + "' names none of sidecar, json, dlq, fail", e);
        }
    }

    private static PathPattern path(String rule) {
        return PathPattern.of(rule.substring(0, sign(rule)).strip());
    }

    private static String what(String rule) {
        return rule.substring(sign(rule) + 1).strip();
    }

    /** Names may hold equals signs, types and policies none. */
    private static int sign(String rule) {
        int sign = rule.lastIndexOf('=');
        if (sign < 0) {
            throw new IllegalArgumentException("'" + rule + "' has no '=' between a path and what is said of it");
        }
        return sign;
    }

    /** The same declared types, where nothing is refused. */
    public SchemaRules withoutRefusals() {
        List<Rule<ConflictPolicy>> lenient = new ArrayList<>();
        policies.forEach(rule -> lenient.add(new Rule<>(rule.path, lenient(rule.what))));
        return new SchemaRules(lenient(otherwise), List.copyOf(lenient), types, decimals, limits);
    }

    /** The same rules with columns of that type for Decimal128 values. */
    public SchemaRules with(DecimalMode mode) {
        return new SchemaRules(otherwise, policies, types, mode, limits);
    }

    /** The same rules within other limits. */
    public SchemaRules within(SchemaLimits others) {
        return new SchemaRules(otherwise, policies, types, decimals, others);
    }

    /** What is the same for all fields, and refuses nothing. */
    public SchemaRules ofAnyField() {
        return new SchemaRules(ConflictPolicy.SIDECAR, List.of(), List.of(), decimals, limits);
    }

    public DecimalMode decimals() {
        return decimals;
    }

    public SchemaLimits limits() {
        return limits;
    }

    private static ConflictPolicy lenient(ConflictPolicy policy) {
        return policy.refuses() ? ConflictPolicy.SIDECAR : policy;
    }

    /** For conflicts that no field's rule is for. */
    public ConflictPolicy otherwise() {
        return otherwise;
    }

    /** What becomes of a value in conflict; never {@link ConflictPolicy#JSON}, under which there is no conflict. */
    public ConflictPolicy policyAt(String path) {
        ConflictPolicy policy = at(path).policy;
        return policy == ConflictPolicy.JSON ? ConflictPolicy.SIDECAR : policy;
    }

    /** The type that a field has whatever its values are. */
    public Optional<FieldType> pinnedAt(String path) {
        return at(path).pinned;
    }

    private Decision at(String path) {
        String fields = path.replace("[]", "");
        Decision known = decisions.get(fields);
        if (known == null) {
            known = decide(fields);
            if (decisions.size() >= REMEMBERED) {
                decisions.clear();
            }
            if (fields.length() <= LONGEST_REMEMBERED) {
                decisions.put(fields, known);
            }
        }
        return known;
    }

    private Decision decide(String path) {
        ConflictPolicy policy = first(policies, path).orElse(otherwise);
        Optional<FieldType> pinned = first(types, path);
        // An _id tells documents apart best in a type of its own; a hint may say otherwise.
        boolean isText = policy == ConflictPolicy.JSON && !path.equals(FieldNames.ID);
        return new Decision(policy, pinned.isPresent() || !isText ? pinned : Optional.of(ScalarType.JSON));
    }

    private static <T> Optional<T> first(List<Rule<T>> rules, String path) {
        for (Rule<T> rule : rules) {
            if (rule.path.matches(path)) {
                return Optional.of(rule.what);
            }
        }
        return Optional.empty();
    }
}
