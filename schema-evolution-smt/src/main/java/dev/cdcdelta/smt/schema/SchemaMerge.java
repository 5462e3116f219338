package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One type that holds the documents of two. Commutative and associative, but for the order of fields and for which type a field in
 * conflict keeps (the left one); merging a type with itself changes nothing.
 *
 * <p>A conflict is settled at the nearest named field: a field whose arrays disagree in their elements is in conflict as a whole,
 * whereas structs inside an array settle their own fields.
 */
public final class SchemaMerge {
    private final SchemaRules rules;

    SchemaMerge(SchemaRules rules) {
        this.rules = rules;
    }

    /** Merges under {@link ConflictPolicy#SIDECAR}. */
    public static StructType merge(StructType left, StructType right) {
        return merge(left, right, ConflictPolicy.SIDECAR);
    }

    /** Merges under one policy for all fields. */
    public static StructType merge(StructType left, StructType right, ConflictPolicy policy) {
        return merge(left, right, SchemaRules.of(policy));
    }

    /**
     * Merges under rules. What they say of types is not looked at: both sides are types of documents that went by them.
     *
     * @return {@code left} itself if it holds {@code right} already; {@code _id} is the first field
     * @throws org.apache.kafka.connect.errors.DataException on a conflict under {@link ConflictPolicy#DLQ}
     * @throws ConflictException on a conflict under {@link ConflictPolicy#FAIL}
     */
    public static StructType merge(StructType left, StructType right, SchemaRules rules) {
        return IdentityMerge.idFirst(new SchemaMerge(rules).mergeStructs("", left, right, true));
    }

    /** The type that a field in conflict keeps: the left one, unless that says nothing yet. */
    static FieldType keptOf(FieldType left, FieldType right) {
        return left.isVacant() && !right.isVacant() ? right : left;
    }

    /** The smallest type that holds both, or null if there is none. */
    @Nullable
    FieldType join(String path, FieldType left, FieldType right) {
        if (left.equals(right) || right == ScalarType.NOTHING) {
            return left;
        }
        if (left == ScalarType.NOTHING) {
            return right;
        }
        if (left instanceof StructType first && right instanceof StructType second) {
            return mergeStructs(path, first, second, false);
        }
        if (left instanceof ArrayType first && right instanceof ArrayType second) {
            FieldType element = join(path + "[]", first.element(), second.element());
            return element == null ? null : new ArrayType(element);
        }
        return ScalarJoin.join(left, right);
    }

    private StructType mergeStructs(String path, StructType left, StructType right, boolean isDocument) {
        Map<String, FieldType> merged = new HashMap<>();
        List<String> order = new ArrayList<>(left.fields().size());
        for (StructType.Field field : left.fields()) {
            merged.put(field.name(), field.type());
            order.add(field.name());
        }
        boolean changed = false;
        for (StructType.Field field : right.fields()) {
            String name = field.name();
            FieldType known = merged.get(name);
            String fieldPath = FieldPath.of(path, name);
            if (known == null) {
                merged.put(name, field.type());
                order.add(name);
                changed = true;
                continue;
            }
            FieldType joined = isDocument && name.equals(FieldNames.ID)
                    ? IdentityMerge.join(known, field.type())
                    : join(fieldPath, known, field.type());
            if (joined == null) {
                joined = keptOf(known, field.type());
                changed |= addSidecar(fieldPath, name, known, field.type(), merged, order);
            }
            changed |= !joined.equals(known);
            merged.put(name, joined);
        }
        return changed ? struct(merged, order) : left;
    }

    private boolean addSidecar(
            String path,
            String name,
            FieldType left,
            FieldType right,
            Map<String, FieldType> merged,
            List<String> order) {
        ConflictPolicy policy = rules.policyAt(path);
        if (policy.refuses()) {
            throw TypeConflict.refused(policy, path, left, right);
        }
        String sidecar = FieldNames.sidecarOf(name);
        FieldType present = merged.putIfAbsent(sidecar, ScalarType.JSON);
        if (present != null && present != ScalarType.JSON) {
            throw TypeConflict.occupiedSidecar(path, right, present);
        }
        if (present == null) {
            order.add(sidecar);
        }
        return present == null;
    }

    private static StructType struct(Map<String, FieldType> types, List<String> order) {
        List<StructType.Field> fields = new ArrayList<>(order.size());
        for (String name : order) {
            FieldType type = types.get(name);
            if (type != null) {
                fields.add(new StructType.Field(name, type));
            }
        }
        return new StructType(fields);
    }
}
