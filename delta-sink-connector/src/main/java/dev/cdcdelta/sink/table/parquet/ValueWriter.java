package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands one non-null value of a column type to Parquet; resolved once for each column, not for each value. */
@FunctionalInterface
interface ValueWriter {
    void write(RecordConsumer consumer, Object value);

    static ValueWriter of(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            Fields fields = fields(struct);
            return (consumer, value) -> {
                consumer.startGroup();
                fields.write(consumer, (Object[]) value);
                consumer.endGroup();
            };
        }
        if (type instanceof ColumnType.Array array) {
            ValueWriter element = of(array.element());
            return (consumer, value) -> writeList(consumer, element, (List<?>) value);
        }
        ColumnType.Leaf leaf = (ColumnType.Leaf) type;
        return leaf.type() instanceof DecimalType decimal ? decimal(decimal) : scalar((ScalarType) leaf.type());
    }

    static Fields fields(ColumnType.Struct struct) {
        return new Fields(
                struct.columns().stream().map(Column::name).toArray(String[]::new),
                struct.columns().stream().map(column -> of(column.type())).toArray(ValueWriter[]::new));
    }

    private static ValueWriter scalar(ScalarType type) {
        return switch (type) {
            case BOOLEAN -> (consumer, value) -> consumer.addBoolean((Boolean) value);
            case INT32 -> (consumer, value) -> consumer.addInteger((Integer) value);
            case INT64, DATE -> (consumer, value) -> consumer.addLong((Long) value);
            case FLOAT -> (consumer, value) -> consumer.addFloat((Float) value);
            case DOUBLE -> (consumer, value) -> consumer.addDouble((Double) value);
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON ->
                (consumer, value) -> consumer.addBinary(text((String) value));
            case BINARY -> (consumer, value) -> consumer.addBinary(Binary.fromConstantByteArray((byte[]) value));
            case NOTHING -> throw new IllegalArgumentException("a column without a type");
        };
    }

    /** Of bytes, which Parquet compares and hashes in less time than those of its own form of texts. */
    private static Binary text(String value) {
        return Binary.fromConstantByteArray(value.getBytes(StandardCharsets.UTF_8));
    }

    private static ValueWriter decimal(DecimalType type) {
        if (type.precision() <= 9) {
            return (consumer, value) ->
                    consumer.addInteger(unscaled(type, value).intValueExact());
        }
        if (type.precision() <= 18) {
            return (consumer, value) -> consumer.addLong(unscaled(type, value).longValueExact());
        }
        int length = ParquetSchema.decimalBytes(type.precision());
        return (consumer, value) -> {
            byte[] digits = unscaled(type, value).toByteArray();
            byte[] padded = new byte[length];
            Arrays.fill(padded, 0, length - digits.length, (byte) (digits[0] < 0 ? -1 : 0));
            System.arraycopy(digits, 0, padded, length - digits.length, digits.length);
            consumer.addBinary(Binary.fromConstantByteArray(padded));
        };
    }

    private static java.math.BigInteger unscaled(DecimalType type, Object value) {
        BigDecimal decimal = (BigDecimal) value;
        if (decimal.scale() != type.scale() || decimal.precision() > type.precision()) {
            throw new IllegalArgumentException("a decimal of precision " + decimal.precision() + " and scale "
                    + decimal.scale() + " is no " + type);
        }
        return decimal.unscaledValue();
    }

    private static void writeList(RecordConsumer consumer, ValueWriter element, List<?> values) {
        consumer.startGroup();
        if (!values.isEmpty()) {
            consumer.startField("list", 0);
            for (Object value : values) {
                consumer.startGroup();
                if (value != null) {
                    consumer.startField("element", 0);
                    element.write(consumer, value);
                    consumer.endField("element", 0);
                }
                consumer.endGroup();
            }
            consumer.endField("list", 0);
        }
        consumer.endGroup();
    }

    /** The fields of a message or group; a null is a field left out. */
    @SuppressWarnings("ArrayRecordComponent") // Read by index for every value; never compared.
    record Fields(String[] names, ValueWriter[] writers) {
        void write(RecordConsumer consumer, @Nullable Object[] values) {
            if (values.length != names.length) {
                throw new IllegalArgumentException(
                        "a row of " + values.length + " values for " + names.length + " columns");
            }
            for (int i = 0; i < names.length; i++) {
                Object value = values[i];
                if (value != null) {
                    consumer.startField(names[i], i);
                    writers[i].write(consumer, value);
                    consumer.endField(names[i], i);
                }
            }
        }
    }
}
