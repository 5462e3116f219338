package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds types to a number of columns. What had a column keeps it; new fields get one, in their order, as long as there is room. The
 * others have their place in {@link FieldNames#REST} of the document that they are fields of. Sidecars and rests are not counted: there
 * are at most as many sidecars as columns, and as many rests as documents.
 */
public final class ColumnLimit {
    private int room;

    private ColumnLimit(int room) {
        this.room = room;
    }

    /** Whether there is no room for another column. */
    public static boolean isReached(StructType type, SchemaLimits limits) {
        return limits.columns() != Integer.MAX_VALUE && count(type) >= limits.columns();
    }

    /**
     * As much of a type as the limit lets in.
     *
     * @param before what there was, all of which is part of {@code after}
     * @return {@code after} itself if it is within the limit
     */
    public static StructType cap(StructType before, StructType after, SchemaLimits limits) {
        if (limits.columns() == Integer.MAX_VALUE || count(after) <= limits.columns()) {
            return after;
        }
        return new ColumnLimit(limits.columns() - count(before)).capStruct(before, after);
    }

    private static int count(FieldType type) {
        if (type instanceof StructType struct) {
            int count = 0;
            for (StructType.Field field : struct.fields()) {
                count += FieldNames.isOurs(field.name()) ? 0 : count(field.type());
            }
            return count;
        }
        if (type instanceof ArrayType array) {
            return count(array.element());
        }
        return type.isVacant() ? 0 : 1;
    }

    private StructType capStruct(@Nullable StructType before, StructType after) {
        Map<String, FieldType> known = new HashMap<>();
        if (before != null) {
            before.fields().forEach(field -> known.put(field.name(), field.type()));
        }
        Map<String, FieldType> kept = new HashMap<>();
        boolean leftOut = false;
        for (StructType.Field field : after.fields()) {
            if (FieldNames.isOurs(field.name())) {
                continue;
            }
            FieldType type = capType(known.get(field.name()), field.type());
            if (type == null) {
                leftOut = true;
            } else {
                kept.put(field.name(), type);
            }
        }
        List<StructType.Field> fields = new ArrayList<>(after.fields().size());
        boolean hasRest = false;
        for (StructType.Field field : after.fields()) {
            FieldType type = kept.get(field.name());
            if (type != null) {
                fields.add(new StructType.Field(field.name(), type));
            } else if (field.name().equals(FieldNames.REST)
                    || FieldNames.isSidecar(field.name()) && kept.containsKey(FieldNames.ofSidecar(field.name()))) {
                fields.add(field);
                hasRest |= field.name().equals(FieldNames.REST);
            }
        }
        if (leftOut && !hasRest) {
            fields.add(new StructType.Field(FieldNames.REST, ScalarType.JSON));
        }
        return new StructType(fields);
    }

    /** Null if the field gets no column. */
    private @Nullable FieldType capType(@Nullable FieldType before, FieldType after) {
        int columns = count(after);
        boolean isNew = before == null || before.isVacant();
        if (columns == 0) {
            return before == null && room <= 0 ? null : after;
        }
        if (isNew && room <= 0) {
            return null;
        }
        StructType struct = structOf(after);
        if (struct == null) {
            room -= isNew ? columns : 0;
            return after;
        }
        StructType structBefore = before == null ? null : structOf(before);
        return withStruct(after, capStruct(structBefore, struct));
    }

    /** The documents that a field holds, alone or in arrays. */
    private static @Nullable StructType structOf(FieldType type) {
        FieldType inner = type;
        while (inner instanceof ArrayType array) {
            inner = array.element();
        }
        return inner instanceof StructType struct ? struct : null;
    }

    private static FieldType withStruct(FieldType type, StructType struct) {
        return type instanceof ArrayType array ? new ArrayType(withStruct(array.element(), struct)) : struct;
    }
}
