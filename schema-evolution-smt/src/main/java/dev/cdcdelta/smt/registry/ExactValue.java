package dev.cdcdelta.smt.registry;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Values of a wider type without parts in a narrower one. */
final class ExactValue {
    private ExactValue() {}

    /** The same value in the other schema, or null if that does not hold it exactly. */
    static @Nullable Object of(Schema from, Schema to, Object value) {
        if (value instanceof BigDecimal decimal && Decimal.LOGICAL_NAME.equals(to.name())) {
            int scale = Integer.parseInt(to.parameters().get(Decimal.SCALE_FIELD));
            int precision = Integer.parseInt(to.parameters().get(AvroTypes.PRECISION));
            return scaled(decimal, precision, scale);
        }
        if (from.type() == to.type()) {
            return Objects.equals(from.name(), to.name()) ? value : null;
        }
        return to.name() == null && value instanceof Number number ? number(to.type(), number) : null;
    }

    private static @Nullable BigDecimal scaled(BigDecimal decimal, int precision, int scale) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        if (stripped.scale() > scale) {
            return null;
        }
        BigDecimal scaled = stripped.setScale(scale);
        return scaled.precision() <= precision ? scaled : null;
    }

    private static @Nullable Number number(Schema.Type type, Number value) {
        return switch (type) {
            case INT32 -> isWhole(value) && value.longValue() == value.intValue() ? (Number) value.intValue() : null;
            case INT64 -> isWhole(value) ? (Number) value.longValue() : null;
            case FLOAT32 -> isSame(value.floatValue(), value) ? (Number) value.floatValue() : null;
            case FLOAT64, INT8, INT16, BOOLEAN, STRING, BYTES, ARRAY, MAP, STRUCT -> null;
        };
    }

    /** Whether an int64 holds the value; -0.0 is no whole number, for its sign would be lost. */
    private static boolean isWhole(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().scale() <= 0
                    && decimal.toBigInteger().bitLength() < Long.SIZE;
        }
        return value instanceof Long || value instanceof Integer || isSame(value.longValue(), value);
    }

    private static boolean isSame(double converted, Number value) {
        return value instanceof Double number
                && Math.abs(number) < Float.MAX_VALUE
                && Double.doubleToLongBits(converted) == Double.doubleToLongBits(number);
    }
}
