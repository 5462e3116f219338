package dev.cdcdelta.admin.query;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.stream.Collectors;

/** DuckDB's spelling of a column's type. */
final class DuckDbType {
    private DuckDbType() {}

    static String of(ColumnType type) {
        if (type instanceof ColumnType.Leaf leaf) {
            return leaf(leaf.type());
        }
        if (type instanceof ColumnType.Array array) {
            return of(array.element()) + "[]";
        }
        return ((ColumnType.Struct) type)
                .columns().stream()
                        .map(column -> SqlText.identifier(column.name()) + " " + of(column.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }

    private static String leaf(FieldType type) {
        if (type instanceof DecimalType decimal) {
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return switch ((ScalarType) type) {
            case BOOLEAN -> "BOOLEAN";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON, NOTHING -> "VARCHAR";
            case BINARY -> "BLOB";
            case DATE -> "TIMESTAMP WITH TIME ZONE";
        };
    }
}
