package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers into columns of numbers; a value fits where the column holds exactly that number. */
final class NumberConversion {
    private NumberConversion() {}

    static boolean isNumber(FieldType type) {
        return type instanceof DecimalType
                || type == ScalarType.INT32
                || type == ScalarType.INT64
                || type == ScalarType.FLOAT
                || type == ScalarType.DOUBLE;
    }

    static Conversion to(FieldType column) {
        if (column instanceof DecimalType decimal) {
            return value -> toDecimal((Number) value, decimal);
        }
        return switch ((ScalarType) column) {
            case INT32 -> value -> toInt(toLong((Number) value));
            case INT64 -> value -> toLong((Number) value);
            case FLOAT -> value -> toFloat(toDouble((Number) value));
            case DOUBLE -> value -> toDouble((Number) value);
            default -> throw new IllegalArgumentException("not a number: " + column);
        };
    }

    private static Object toInt(Object number) {
        return number instanceof Long value && value.intValue() == value ? (Object) value.intValue() : Conversion.UNFIT;
    }

    private static Object toFloat(Object number) {
        if (number instanceof Double value && (value.isNaN() || (double) value.floatValue() == value)) {
            return value.floatValue();
        }
        return Conversion.UNFIT;
    }

    private static Object toLong(Number number) {
        if (isInteger(number)) {
            return number.longValue();
        }
        if (number instanceof BigDecimal decimal) {
            try {
                return decimal.longValueExact();
            } catch (ArithmeticException fractionOrOverflow) {
                return Conversion.UNFIT;
            }
        }
        double value = number.doubleValue();
        // 2^63 itself is a double and no long; -0.0 is no integer's double.
        boolean exact = value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63 && !isNegativeZero(value);
        return exact ? (Object) (long) value : Conversion.UNFIT;
    }

    private static Object toDouble(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue();
        }
        double value = number.doubleValue();
        return !Double.isInfinite(value) && new BigDecimal(value).compareTo(decimal(number)) == 0
                ? (Object) value
                : Conversion.UNFIT;
    }

    private static Object toDecimal(Number number, DecimalType type) {
        double approximation = number.doubleValue();
        boolean hasDecimal = !(number instanceof Double || number instanceof Float)
                || (!Double.isNaN(approximation)
                        && !Double.isInfinite(approximation)
                        && !isNegativeZero(approximation));
        if (!hasDecimal) {
            return Conversion.UNFIT;
        }
        BigDecimal value = decimal(number);
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.DOWN);
        return scaled.compareTo(value) == 0 && scaled.precision() <= type.precision() ? scaled : Conversion.UNFIT;
    }

    static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return isInteger(number) ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.doubleValue());
    }

    static boolean isInteger(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte;
    }

    static boolean isNegativeZero(double value) {
        return value == 0 && Double.doubleToRawLongBits(value) != 0;
    }
}
