package dev.cdcdelta.admin.table;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.Locale;
import java.util.stream.Collectors;

/** Delta's own spelling of a column's type, and where the values come from in MongoDB. */
public final class TypeText {
    private TypeText() {}

    public static String of(ColumnType type) {
        if (type instanceof ColumnType.Leaf leaf) {
            return leaf(leaf.type());
        }
        if (type instanceof ColumnType.Array array) {
            return "array<" + of(array.element()) + ">";
        }
        return ((ColumnType.Struct) type)
                .columns().stream()
                        .map(column -> column.name() + ":" + of(column.type()))
                        .collect(Collectors.joining(",", "struct<", ">"));
    }

    /** The kind of MongoDB value, where the type alone does not tell: {@code object_id}, {@code uuid} and others. */
    static String mongodb(ColumnType type) {
        return type instanceof ColumnType.Leaf leaf && leaf.type() instanceof ScalarType scalar
                ? scalar.name().toLowerCase(Locale.ROOT)
                : type instanceof ColumnType.Struct
                        ? "document"
                        : type instanceof ColumnType.Array ? "array" : "decimal";
    }

    private static String leaf(FieldType type) {
        if (type instanceof DecimalType decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return switch ((ScalarType) type) {
            case BOOLEAN -> "boolean";
            case INT32 -> "int";
            case INT64 -> "bigint";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON -> "string";
            case BINARY -> "binary";
            case DATE -> "timestamp";
            case NOTHING -> "void";
        };
    }
}
