package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merging of {@code _id}, whose column must tell apart what MongoDB tells apart. Only numbers widen, because MongoDB compares them by
 * value; string columns never absorb an ObjectId, and a struct keeps its very fields in their very order. Canonical extended JSON
 * text tells all values apart and takes any.
 */
final class IdentityMerge {
    private IdentityMerge() {}

    /** The type that keeps the identities of both, or null if there is none. */
    static @Nullable FieldType join(FieldType left, FieldType right) {
        if (left.equals(right) || left == ScalarType.JSON || right == ScalarType.NOTHING) {
            return left;
        }
        if (left == ScalarType.NOTHING) {
            return right;
        }
        if (left instanceof StructType first && right instanceof StructType second) {
            return sameNames(first, second) ? joinFields(first, second) : null;
        }
        FieldType joined = ScalarJoin.join(left, right);
        return joined == ScalarType.STRING ? null : joined;
    }

    private static @Nullable FieldType joinFields(StructType left, StructType right) {
        List<StructType.Field> fields = new ArrayList<>(left.fields().size());
        for (int i = 0; i < left.fields().size(); i++) {
            StructType.Field field = left.fields().get(i);
            FieldType joined = join(field.type(), right.fields().get(i).type());
            if (joined == null) {
                return null;
            }
            fields.add(new StructType.Field(field.name(), joined));
        }
        return new StructType(fields);
    }

    private static boolean sameNames(StructType left, StructType right) {
        if (left.fields().size() != right.fields().size()) {
            return false;
        }
        for (int i = 0; i < left.fields().size(); i++) {
            if (!left.fields().get(i).name().equals(right.fields().get(i).name())) {
                return false;
            }
        }
        return true;
    }

    static StructType idFirst(StructType struct) {
        List<StructType.Field> fields = struct.fields();
        if (fields.isEmpty() || fields.get(0).name().equals(FieldNames.ID)) {
            return struct;
        }
        return struct.field(FieldNames.ID)
                .map(id -> {
                    List<StructType.Field> ordered = new ArrayList<>(fields);
                    ordered.remove(id);
                    ordered.add(0, id);
                    return new StructType(ordered);
                })
                .orElse(struct);
    }
}
