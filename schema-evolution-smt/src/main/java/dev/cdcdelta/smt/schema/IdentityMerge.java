package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merging of {@code _id}, whose column must tell apart what MongoDB tells apart. Only numbers widen, because MongoDB compares them by
 * value; text never absorbs an ObjectId, and a struct keeps its very fields in their very order. Canonical text ({@link ScalarType#JSON})
 * that was there first holds whatever comes.
 */
final class IdentityMerge {
    private IdentityMerge() {}

    /** The type that holds both; null if no column does, so that the right ones go beside it. */
    static @Nullable FieldType join(FieldType left, FieldType right) {
        if (left.equals(right) || left == ScalarType.JSON) {
            return left;
        }
        if (left instanceof StructType first && right instanceof StructType second && sameNames(first, second)) {
            List<StructType.Field> fields = new ArrayList<>(first.fields().size());
            for (int i = 0; i < first.fields().size(); i++) {
                StructType.Field field = first.fields().get(i);
                FieldType joined = join(field.type(), second.fields().get(i).type());
                if (joined == null) {
                    return null;
                }
                fields.add(new StructType.Field(field.name(), joined));
            }
            return new StructType(fields);
        }
        FieldType joined = ScalarJoin.join(left, right);
        return joined == ScalarType.STRING ? null : joined;
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
