package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One type that holds the values of many: what merging them one after the other with {@link SchemaMerge} comes to, in time that grows with
 * the fields that are added and not with those that are there. An array may have a million documents, each with a field of its own.
 */
final class JoinedType {
    private final SchemaRules rules;

    /** Stands as long as the type has not been taken apart. */
    private FieldType whole;

    private @Nullable Map<String, JoinedType> fields;
    private @Nullable JoinedType element;

    JoinedType(SchemaRules rules, FieldType first) {
        this.rules = rules;
        this.whole = first;
    }

    /** Makes room for values of another type; changes nothing and is false where no type holds both. */
    boolean add(String path, FieldType other) {
        if (other == ScalarType.NOTHING) {
            return true;
        }
        if (fields != null && other instanceof StructType struct) {
            addFields(path, fields, struct);
            return true;
        }
        if (element != null && other instanceof ArrayType array) {
            return element.add(path + "[]", array.element());
        }
        if (fields != null || element != null) {
            return false;
        }
        if (whole.equals(other)) {
            return true;
        }
        if (whole == ScalarType.NOTHING) {
            whole = other;
            return true;
        }
        return takeApart() ? add(path, other) : addScalar(other);
    }

    private boolean addScalar(FieldType other) {
        FieldType joined = ScalarJoin.join(whole, other);
        whole = joined == null ? whole : joined;
        return joined != null;
    }

    private boolean takeApart() {
        if (whole instanceof StructType struct) {
            Map<String, JoinedType> parts = new LinkedHashMap<>();
            struct.fields().forEach(field -> parts.put(field.name(), new JoinedType(rules, field.type())));
            fields = parts;
            return true;
        }
        if (whole instanceof ArrayType array) {
            element = new JoinedType(rules, array.element());
            return true;
        }
        return false;
    }

    /** After a conflict: the type stays, unless it says nothing yet. */
    void keepOr(FieldType other) {
        FieldType kept = SchemaMerge.keptOf(build(), other);
        fields = null;
        element = null;
        whole = kept;
    }

    private void addFields(String path, Map<String, JoinedType> known, StructType other) {
        for (StructType.Field field : other.fields()) {
            JoinedType there = known.get(field.name());
            if (there == null) {
                known.put(field.name(), new JoinedType(rules, field.type()));
                continue;
            }
            String fieldPath = FieldPath.of(path, field.name());
            if (!there.add(fieldPath, field.type())) {
                addSidecar(fieldPath, field, there, known);
                there.keepOr(field.type());
            }
        }
    }

    private void addSidecar(String path, StructType.Field field, JoinedType there, Map<String, JoinedType> known) {
        ConflictPolicy policy = rules.policyAt(path);
        if (policy.refuses()) {
            throw TypeConflict.refused(policy, path, there.build(), field.type());
        }
        known.putIfAbsent(FieldNames.sidecarOf(field.name()), new JoinedType(rules, ScalarType.JSON));
    }

    FieldType build() {
        if (fields != null) {
            List<StructType.Field> built = new ArrayList<>(fields.size());
            fields.forEach((name, type) -> built.add(new StructType.Field(name, type.build())));
            return new StructType(built);
        }
        return element == null ? whole : new ArrayType(element.build());
    }
}
