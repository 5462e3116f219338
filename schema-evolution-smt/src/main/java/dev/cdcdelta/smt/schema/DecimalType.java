package dev.cdcdelta.smt.schema;

import java.math.BigDecimal;
import java.util.Optional;
import org.bson.BsonDecimal128;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/** Decimal numbers of at most {@code precision} digits (1 to 38), {@code scale} of them behind the point. */
public record DecimalType(int precision, int scale) implements FieldType {
    private static final int MAXIMUM_PRECISION = 38;

    public DecimalType {
        if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale + ") is outside decimal(38,s)");
        }
    }

    /** The number as this type has it; empty if the value is none, or would have to be rounded. */
    public Optional<BigDecimal> exact(BsonValue value) {
        try {
            BigDecimal number;
            if (value instanceof BsonInt32 || value instanceof BsonInt64) {
                number = BigDecimal.valueOf(value.asNumber().longValue());
            } else if (value instanceof BsonDecimal128 decimal) {
                number = decimal.getValue().bigDecimalValue();
            } else {
                return Optional.empty();
            }
            // Of a huge exponent, the digits alone would fill the heap.
            if (number.scale() < -MAXIMUM_PRECISION || number.scale() > 2 * MAXIMUM_PRECISION) {
                return Optional.empty();
            }
            BigDecimal scaled = number.setScale(scale);
            return scaled.precision() <= precision ? Optional.of(scaled) : Optional.empty();
        } catch (ArithmeticException roundedOrNoNumber) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isVacant() {
        return false;
    }
}
