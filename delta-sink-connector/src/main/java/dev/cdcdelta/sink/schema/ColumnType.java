package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.List;

/**
 * The type of a column, and with it the Java form of its values:
 *
 * <table>
 * <caption>Java form of values</caption>
 * <tr><td>BOOLEAN, INT32, INT64, FLOAT, DOUBLE</td><td>Boolean, Integer, Long, Float, Double</td></tr>
 * <tr><td>STRING, OBJECT_ID, UUID, DECIMAL128, JSON</td><td>String</td></tr>
 * <tr><td>BINARY</td><td>byte[]</td></tr>
 * <tr><td>DATE</td><td>Long, microseconds since the epoch, UTC (Delta: timestamp)</td></tr>
 * <tr><td>{@link DecimalType}</td><td>BigDecimal of the type's scale</td></tr>
 * <tr><td>{@link Struct}</td><td>Object[] in the order of its columns</td></tr>
 * <tr><td>{@link Array}</td><td>List</td></tr>
 * </table>
 *
 * Null stands for "no value" everywhere.
 */
public sealed interface ColumnType {
    /** @param type a {@link ScalarType} other than NOTHING, or a {@link DecimalType}; kept in the column's Delta metadata */
    record Leaf(FieldType type) implements ColumnType {
        public Leaf {
            if (!(type instanceof DecimalType || type instanceof ScalarType) || type == ScalarType.NOTHING) {
                throw new IllegalArgumentException("not a leaf: " + type);
            }
        }
    }

    record Struct(List<Column> columns) implements ColumnType {
        public Struct {
            columns = List.copyOf(columns);
        }
    }

    record Array(ColumnType element) implements ColumnType {}
}
