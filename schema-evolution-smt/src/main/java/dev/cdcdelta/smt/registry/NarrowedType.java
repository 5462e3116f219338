package dev.cdcdelta.smt.registry;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** A wider type without its widening: known fields keep their types, and those that were to change get a sidecar for the rest. */
final class NarrowedType {
    private NarrowedType() {}

    /**
     * The fields of both.
     *
     * @param wider holds {@code known}
     * @throws DataException if {@code _id} was to change, for an identity has no sidecar
     */
    static StructType of(StructType known, StructType wider) {
        return struct(known, wider, true);
    }

    private static StructType struct(StructType known, StructType wider, boolean isDocument) {
        Map<String, FieldType> fields = new LinkedHashMap<>();
        for (StructType.Field field : wider.fields()) {
            FieldType before =
                    known.field(field.name()).map(StructType.Field::type).orElse(ScalarType.NOTHING);
            FieldType type = before.isVacant() ? field.type() : kept(before, field.type());
            if (type != null) {
                fields.put(field.name(), type);
            } else if (isDocument && field.name().equals(FieldNames.ID)) {
                throw new DataException("It would change the type of '_id'.");
            } else {
                fields.put(field.name(), before);
                fields.putIfAbsent(FieldNames.sidecarOf(field.name()), ScalarType.JSON);
            }
        }
        return new StructType(fields.entrySet().stream()
                .map(field -> new StructType.Field(field.getKey(), field.getValue()))
                .toList());
    }

    /** The type that the field has now, or null if it needs a sidecar. */
    private static @Nullable FieldType kept(FieldType before, FieldType after) {
        if (before.equals(after)) {
            return before;
        }
        if (before instanceof StructType known && after instanceof StructType wider) {
            return struct(known, wider, false);
        }
        if (before instanceof ArrayType known && after instanceof ArrayType wider) {
            if (known.element().isVacant()) {
                return after;
            }
            FieldType element = kept(known.element(), wider.element());
            return element == null ? null : new ArrayType(element);
        }
        return null;
    }
}
