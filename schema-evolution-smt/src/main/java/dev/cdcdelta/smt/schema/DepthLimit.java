package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds types that somebody else gave documents to the limit of depth, as {@link TypeInference} does for those that it gives. */
public final class DepthLimit {
    private final int depth;

    private DepthLimit(int depth) {
        this.depth = depth;
    }

    /**
     * The type, with text for documents and arrays that are too deep.
     *
     * @param present what there is already: columns that hold such documents go on doing so
     */
    public static StructType cut(StructType type, StructType present, SchemaLimits limits) {
        return new DepthLimit(limits.depth()).struct(type, present, 1);
    }

    private StructType struct(StructType type, @Nullable FieldType present, int level) {
        List<StructType.Field> fields = new ArrayList<>(type.fields().size());
        for (StructType.Field field : type.fields()) {
            FieldType there = present instanceof StructType struct
                    ? struct.field(field.name()).map(StructType.Field::type).orElse(null)
                    : null;
            boolean isId = level == 1 && field.name().equals(FieldNames.ID);
            fields.add(isId ? field : new StructType.Field(field.name(), value(field.type(), there, level)));
        }
        return fields.equals(type.fields()) ? type : new StructType(fields);
    }

    private FieldType value(FieldType type, @Nullable FieldType present, int level) {
        if (type.equals(ValueTypes.TIMESTAMP)) {
            return type;
        }
        if (type instanceof StructType struct) {
            return level < depth || present instanceof StructType
                    ? struct(struct, present, level + 1)
                    : ScalarType.JSON;
        }
        if (type instanceof ArrayType array) {
            FieldType element = present instanceof ArrayType there ? there.element() : null;
            return level < depth || present instanceof ArrayType
                    ? new ArrayType(value(array.element(), element, level + 1))
                    : ScalarType.JSON;
        }
        return type;
    }
}
