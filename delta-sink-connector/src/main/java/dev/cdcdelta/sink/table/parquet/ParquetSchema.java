package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ScalarType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Columns as a Parquet schema: everything optional, timestamps as UTC microseconds, lists in the standard three levels. */
final class ParquetSchema {
    private ParquetSchema() {}

    static MessageType of(ColumnType.Struct columns) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        columns.columns().forEach(column -> message.addField(type(column.name(), column.type())));
        return message.named("spark_schema");
    }

    private static Type type(String name, ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            if (struct.columns().isEmpty()) {
                throw new IllegalArgumentException(
                        "the struct column " + name + " has no fields, which Parquet cannot hold");
            }
            Types.GroupBuilder<? extends Type> group = Types.optionalGroup();
            for (Column column : struct.columns()) {
                group.addField(type(column.name(), column.type()));
            }
            return group.named(name);
        }
        if (type instanceof ColumnType.Array array) {
            return Types.optionalList()
                    .element(type("element", array.element()))
                    .named(name);
        }
        ColumnType.Leaf leaf = (ColumnType.Leaf) type;
        return leaf.type() instanceof DecimalType decimal
                ? decimal(name, decimal)
                : scalar(name, (ScalarType) leaf.type());
    }

    private static Type scalar(String name, ScalarType type) {
        return switch (type) {
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case INT32 -> Types.optional(PrimitiveTypeName.INT32).named(name);
            case INT64 -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(name);
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case BINARY -> Types.optional(PrimitiveTypeName.BINARY).named(name);
            case DATE ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                        .named(name);
            case NOTHING -> throw new IllegalArgumentException("the column " + name + " has no type");
        };
    }

    private static Type decimal(String name, DecimalType type) {
        LogicalTypeAnnotation annotation = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        if (type.precision() <= 9) {
            return Types.optional(PrimitiveTypeName.INT32).as(annotation).named(name);
        }
        if (type.precision() <= 18) {
            return Types.optional(PrimitiveTypeName.INT64).as(annotation).named(name);
        }
        return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(decimalBytes(type.precision()))
                .as(annotation)
                .named(name);
    }

    /** The fewest bytes whose two's complement holds every number of that many digits. */
    static int decimalBytes(int precision) {
        return java.math.BigInteger.TEN
                                .pow(precision)
                                .subtract(java.math.BigInteger.ONE)
                                .bitLength()
                        / 8
                + 1;
    }
}
