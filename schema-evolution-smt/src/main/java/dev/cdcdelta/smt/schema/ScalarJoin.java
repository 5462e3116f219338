package dev.cdcdelta.smt.schema;

import org.jspecify.annotations.Nullable;

/** The smallest type without parts that holds all values of two others, or null where there is none. */
final class ScalarJoin {
    private static final int MAXIMUM_PRECISION = 38;
    private static final int INT32_DIGITS = 10;

    /** One more than an int64 has: Delta widens a long to decimal(20 + s, s) and to nothing narrower. */
    private static final int INT64_DIGITS = 20;

    private ScalarJoin() {}

    static @Nullable FieldType join(FieldType left, FieldType right) {
        if (left instanceof DecimalType decimal) {
            return joinDecimal(decimal, right);
        }
        if (right instanceof DecimalType decimal) {
            return joinDecimal(decimal, left);
        }
        if (!(left instanceof ScalarType first) || !(right instanceof ScalarType second)) {
            return null;
        }
        if (isText(first) && isText(second)) {
            return ScalarType.STRING;
        }
        return joinNumbers(first, second);
    }

    /** Each has a text form that a string column holds as it is. */
    private static boolean isText(ScalarType type) {
        return switch (type) {
            case STRING, OBJECT_ID, UUID, DECIMAL128 -> true;
            case NOTHING, BOOLEAN, INT32, INT64, FLOAT, DOUBLE, BINARY, DATE, JSON -> false;
        };
    }

    private static @Nullable ScalarType joinNumbers(ScalarType left, ScalarType right) {
        ScalarType narrow = left.compareTo(right) < 0 ? left : right;
        ScalarType wide = narrow == left ? right : left;
        if (narrow == ScalarType.INT32) {
            return switch (wide) {
                case INT64 -> ScalarType.INT64;
                case FLOAT, DOUBLE -> ScalarType.DOUBLE;
                default -> null;
            };
        }
        return narrow == ScalarType.FLOAT && wide == ScalarType.DOUBLE ? ScalarType.DOUBLE : null;
    }

    private static @Nullable DecimalType joinDecimal(DecimalType decimal, FieldType other) {
        if (other instanceof DecimalType second) {
            return growTo(decimal, second.precision() - second.scale(), second.scale());
        }
        if (other == ScalarType.INT32) {
            return growTo(decimal, INT32_DIGITS, 0);
        }
        return other == ScalarType.INT64 ? growTo(decimal, INT64_DIGITS, 0) : null;
    }

    private static @Nullable DecimalType growTo(DecimalType decimal, int wholeDigits, int otherScale) {
        int scale = Math.max(decimal.scale(), otherScale);
        int precision = Math.max(decimal.precision() - decimal.scale(), wholeDigits) + scale;
        return precision > MAXIMUM_PRECISION ? null : new DecimalType(precision, scale);
    }
}
