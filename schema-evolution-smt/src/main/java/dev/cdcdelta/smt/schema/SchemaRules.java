package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the user says of the types of fields. Of several entries that match a field the first counts. {@code _id} heeds exact paths
 * only: no default and no wildcard keeps documents out for their {@code _id}, or makes text of it.
 *
 * @param policy of fields that no entry of {@code policies} matches
 */
public record SchemaRules(
        ConflictPolicy policy,
        List<Entry<ConflictPolicy>> policies,
        List<Entry<FieldType>> hints,
        DecimalMode decimals,
        SchemaLimits limits) {
    /** Sidecars, no hints, and {@link SchemaLimits#DEFAULT}. */
    public static final SchemaRules DEFAULT = of(ConflictPolicy.SIDECAR);

    /** What is said of the fields that a pattern matches. */
    public record Entry<T>(PathPattern path, T value) {}

    public SchemaRules {
        policies = List.copyOf(policies);
        hints = List.copyOf(hints);
    }

    /** One policy for all fields, and nothing else. */
    public static SchemaRules of(ConflictPolicy policy) {
        return new SchemaRules(policy, List.of(), List.of(), DecimalMode.TEXT, SchemaLimits.DEFAULT);
    }

    /**
     * Reads the policy {@code path=policy} of each entry.
     *
     * @throws ConfigException naming {@code key}
     */
    public static List<Entry<ConflictPolicy>> policies(String key, String text) {
        List<Entry<ConflictPolicy>> policies = new ArrayList<>();
        for (String entry : entries(text)) {
            int sign = sign(key, entry, "policy");
            PathPattern path = PathPattern.parse(key, entry.substring(0, sign).trim());
            String word = entry.substring(sign + 1).trim().toUpperCase(Locale.ROOT);
            try {
                policies.add(new Entry<>(path, ConflictPolicy.valueOf(word)));
            } catch (IllegalArgumentException unknown) {
                throw new ConfigException(key, entry, "ends in no policy; use sidecar, json, dlq or fail");
            }
        }
        return policies;
    }

    /**
     * Reads the type {@code path=type} of each entry.
     *
     * @throws ConfigException naming {@code key}
     */
    public static List<Entry<FieldType>> hints(String key, String text) {
        List<Entry<FieldType>> hints = new ArrayList<>();
        for (String entry : entries(text)) {
            int sign = sign(key, entry, "type");
            PathPattern path = PathPattern.parse(key, entry.substring(0, sign).trim());
            if (path.steps().size() > 1 && path.steps().get(0).name().equals(FieldNames.ID)) {
                throw new ConfigException(
                        key,
                        entry,
                        "declares a part of _id, which identifies as a whole; declare _id itself, as _id=json");
            }
            FieldType type = DeclaredType.parse(entry.substring(sign + 1))
                    .orElseThrow(() -> new ConfigException(key, entry, "ends in no type; use " + DeclaredType.NAMES));
            hints.add(new Entry<>(path, type));
        }
        return hints;
    }

    /**
     * Reads how Decimal128 values are stored.
     *
     * @throws ConfigException naming {@code key}
     */
    public static DecimalMode decimals(String key, String text) {
        return DecimalMode.parse(key, text);
    }

    /** Commas separate entries, but not within parentheses. */
    private static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth <= 0 || i == text.length())) {
                String entry = text.substring(start, i).trim();
                if (!entry.isEmpty()) {
                    entries.add(entry);
                }
                start = i + 1;
                depth = 0;
            }
        }
        return entries;
    }

    private static int sign(String key, String entry, String what) {
        int sign = entry.lastIndexOf('=');
        if (sign <= 0) {
            throw new ConfigException(key, entry, "is not of the form path=" + what);
        }
        return sign;
    }

    /** What becomes of values that do not fit the field. */
    public ConflictPolicy policyOf(FieldPath path) {
        boolean isIdentity = path.isIdentity();
        ConflictPolicy fallback = isIdentity ? ConflictPolicy.SIDECAR : policy;
        return find(policies, path, isIdentity).orElse(fallback);
    }

    /** The type that the field has whatever its values are, text included where the policy is {@link ConflictPolicy#JSON}. */
    public Optional<FieldType> declared(FieldPath path) {
        boolean isIdentity = path.isIdentity();
        if (isIdentity && !path.isTopLevel()) {
            return Optional.empty();
        }
        Optional<FieldType> hint = find(hints, path, isIdentity);
        return hint.isEmpty() && policyOf(path) == ConflictPolicy.JSON ? Optional.of(ScalarType.JSON) : hint;
    }

    private static <T> Optional<T> find(List<Entry<T>> entries, FieldPath path, boolean onlyExact) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = path.names();
        for (Entry<T> entry : entries) {
            if ((!onlyExact || entry.path().isExact()) && entry.path().matches(names)) {
                return Optional.of(entry.value());
            }
        }
        return Optional.empty();
    }

    /** Whether values may have to take another BSON type to fit a declared one. */
    boolean changeValues() {
        return !hints.isEmpty() || !decimals.equals(DecimalMode.TEXT);
    }
}
