package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds types to a number of columns. What had a column keeps it; new fields get one, in their order, as long as there is room; the
 * two of a BSON timestamp are not parted. The others have their place in {@link FieldNames#REST} of the document that they are fields of; {@code _id} always has its own. Sidecars
 * and rests are not counted: there are at most as many sidecars as fields, and as many rests as documents.
 *
 * <p>Fields without a column, since they held nothing but null and empty containers, are remembered up to the same number. Those beyond
 * are forgotten: they say nothing of what is to come.
 */
public final class ColumnLimit {
    private int room;
    private int vacantRoom;

    private ColumnLimit(int room, int vacantRoom) {
        this.room = room;
        this.vacantRoom = vacantRoom;
    }

    /** Whether there is no room for another column. */
    public static boolean isReached(StructType type, SchemaLimits limits) {
        return count(type, false) >= limits.columns();
    }

    /**
     * As much of a type as the limit lets in.
     *
     * @param before what there was, all of which is part of {@code after}
     * @return {@code after} itself if it is within the limit
     */
    public static StructType cap(StructType before, StructType after, SchemaLimits limits) {
        int most = limits.columns();
        if (before == after || count(after, false) <= most && count(after, true) <= most) {
            return after;
        }
        StructType capped =
                new ColumnLimit(most - count(before, false), most - count(before, true)).struct(before, after, true);
        return capped.equals(before) ? before : capped;
    }

    /** The number of fields without parts that have a column, or of those that have none. */
    private static int count(FieldType type, boolean vacant) {
        if (type instanceof StructType struct && !struct.fields().isEmpty()) {
            int count = 0;
            for (StructType.Field field : struct.fields()) {
                count += FieldNames.isOurs(field.name()) ? 0 : count(field.type(), vacant);
            }
            return count;
        }
        if (type instanceof ArrayType array) {
            return count(array.element(), vacant);
        }
        return type.isVacant() == vacant ? 1 : 0;
    }

    private StructType struct(@Nullable StructType before, StructType after, boolean isWhole) {
        Map<String, FieldType> known = new HashMap<>();
        if (before != null) {
            before.fields().forEach(field -> known.put(field.name(), field.type()));
        }
        Map<String, FieldType> kept = new HashMap<>();
        boolean isAnyLeftOut = false;
        for (StructType.Field field : after.fields()) {
            String name = field.name();
            if (FieldNames.isOurs(name)) {
                continue;
            }
            FieldType there = known.get(name);
            FieldType type = isWhole && name.equals(FieldNames.ID)
                    ? whole(there, field.type())
                    : fieldType(there, field.type(), known.containsKey(FieldNames.sidecarOf(name)));
            if (type != null) {
                kept.put(name, type);
            } else {
                isAnyLeftOut |= !field.type().isVacant()
                        || after.field(FieldNames.sidecarOf(name)).isPresent();
            }
        }
        return new StructType(fields(after, kept, isAnyLeftOut));
    }

    private static List<StructType.Field> fields(StructType after, Map<String, FieldType> kept, boolean needsRest) {
        List<StructType.Field> fields = new ArrayList<>(kept.size());
        boolean hasRest = false;
        for (StructType.Field field : after.fields()) {
            String name = field.name();
            FieldType type = kept.get(name);
            if (type != null) {
                fields.add(new StructType.Field(name, type));
            } else if (name.equals(FieldNames.REST)
                    || FieldNames.isSidecar(name) && kept.containsKey(FieldNames.ofSidecar(name))) {
                fields.add(field);
                hasRest |= name.equals(FieldNames.REST);
            }
        }
        if (needsRest && !hasRest) {
            fields.add(new StructType.Field(FieldNames.REST, ScalarType.JSON));
        }
        return fields;
    }

    private FieldType whole(@Nullable FieldType before, FieldType after) {
        room -= count(after, false) - (before == null ? 0 : count(before, false));
        return after;
    }

    /** Null if the field gets no column, or is not to be remembered. */
    private @Nullable FieldType fieldType(@Nullable FieldType before, FieldType after, boolean hasSidecar) {
        if (after.isVacant()) {
            if (before == null) {
                vacantRoom -= count(after, true);
                return vacantRoom < 0 ? null : after;
            }
            return after;
        }
        boolean isNew = before == null || before.isVacant();
        StructType parts = parts(after);
        boolean isWhole = parts == null || parts.equals(ValueTypes.TIMESTAMP);
        int columns = isWhole ? count(after, false) : 1;
        if (isNew && room < columns) {
            return hasSidecar ? before : null;
        }
        if (parts == null || isWhole) {
            room -= isNew ? columns : 0;
            return after;
        }
        return withParts(after, struct(before == null ? null : parts(before), parts, false));
    }

    /** The documents that a field holds, alone or in arrays. */
    private static @Nullable StructType parts(FieldType type) {
        FieldType inner = type;
        while (inner instanceof ArrayType array) {
            inner = array.element();
        }
        return inner instanceof StructType struct ? struct : null;
    }

    private static FieldType withParts(FieldType type, StructType parts) {
        return type instanceof ArrayType array ? new ArrayType(withParts(array.element(), parts)) : parts;
    }
}
