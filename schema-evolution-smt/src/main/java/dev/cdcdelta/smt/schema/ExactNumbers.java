package dev.cdcdelta.smt.schema;

import java.math.BigDecimal;
import java.util.Optional;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Numbers of one BSON type as the very same numbers of another. */
final class ExactNumbers {
    private ExactNumbers() {}

    static boolean isNumber(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32, INT64, DOUBLE, DECIMAL128 -> true;
            default -> false;
        };
    }

    /** Empty for what is no number of digits: NaN, the infinities, and zero with a minus, whose sign digits would lose. */
    static Optional<BigDecimal> digits(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32, INT64 -> Optional.of(BigDecimal.valueOf(value.asNumber().longValue()));
            case DOUBLE -> digits(value.asDouble().getValue());
            case DECIMAL128 -> digits(value.asDecimal128().getValue());
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> digits(double number) {
        boolean hasDigits = Double.isFinite(number) && (number != 0 || Double.doubleToRawLongBits(number) == 0);
        return hasDigits ? Optional.of(new BigDecimal(number)) : Optional.empty();
    }

    private static Optional<BigDecimal> digits(Decimal128 number) {
        return !number.isFinite() || isNegativeZero(number) ? Optional.empty() : Optional.of(number.bigDecimalValue());
    }

    static @Nullable BsonValue toInt32(BsonValue value) {
        return integer(value)
                .filter(number -> number.intValue() == number)
                .<BsonValue>map(number -> new BsonInt32(number.intValue()))
                .orElse(null);
    }

    static @Nullable BsonValue toInt64(BsonValue value) {
        return integer(value).<BsonValue>map(BsonInt64::new).orElse(null);
    }

    private static Optional<Long> integer(BsonValue value) {
        return digits(value).flatMap(number -> {
            try {
                return Optional.of(number.longValueExact());
            } catch (ArithmeticException fractionOrOverflow) {
                return Optional.empty();
            }
        });
    }

    static @Nullable BsonValue toDouble(BsonValue value) {
        if (value.getBsonType() == BsonType.DOUBLE) {
            return value;
        }
        if (value.isDecimal128()) {
            Decimal128 decimal = value.asDecimal128().getValue();
            if (decimal.isNaN()) {
                return new BsonDouble(Double.NaN);
            }
            if (decimal.isInfinite()) {
                return new BsonDouble(decimal.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            }
            if (isNegativeZero(decimal)) {
                return new BsonDouble(-0.0);
            }
        }
        return digits(value)
                .filter(ExactNumbers::isOneOfDouble)
                .<BsonValue>map(number -> new BsonDouble(number.doubleValue()))
                .orElse(null);
    }

    private static boolean isOneOfDouble(BigDecimal number) {
        double nearest = number.doubleValue();
        return !Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(number) == 0;
    }

    private static boolean isNegativeZero(Decimal128 number) {
        if (!number.isFinite() || !number.isNegative()) {
            return false;
        }
        try {
            return number.bigDecimalValue().signum() == 0;
        } catch (ArithmeticException negativeZero) {
            return true;
        }
    }
}
