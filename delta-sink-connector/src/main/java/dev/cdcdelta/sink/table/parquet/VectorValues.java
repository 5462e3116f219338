package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kernel's vectors in the Java forms of column types. */
final class VectorValues {
    private VectorValues() {}

    static @Nullable Object value(ColumnType type, ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return null;
        }
        if (type instanceof ColumnType.Struct struct) {
            @Nullable Object[] values = new Object[struct.columns().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(struct.columns().get(i).type(), vector.getChild(i), row);
            }
            return values;
        }
        if (type instanceof ColumnType.Array array) {
            return list(array, vector.getArray(row));
        }
        ColumnType.Leaf leaf = (ColumnType.Leaf) type;
        return leaf.type() instanceof ScalarType scalar ? scalar(scalar, vector, row) : vector.getDecimal(row);
    }

    private static List<@Nullable Object> list(ColumnType.Array type, ArrayValue array) {
        ColumnVector elements = array.getElements();
        List<@Nullable Object> values = new ArrayList<>(array.getSize());
        for (int i = 0; i < array.getSize(); i++) {
            values.add(value(type.element(), elements, i));
        }
        return values;
    }

    private static Object scalar(ScalarType type, ColumnVector vector, int row) {
        return switch (type) {
            case BOOLEAN -> vector.getBoolean(row);
            case INT32 -> vector.getInt(row);
            case INT64, DATE -> vector.getLong(row);
            case FLOAT -> vector.getFloat(row);
            case DOUBLE -> vector.getDouble(row);
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON -> vector.getString(row);
            case BINARY -> vector.getBinary(row);
            case NOTHING -> throw new IllegalArgumentException("a column without a type");
        };
    }
}
