package dev.cdcdelta.smt.schema;

import java.math.BigDecimal;
import java.util.Optional;
import org.bson.BsonValue;

/** Decimal numbers of at most {@code precision} digits (1 to 38), {@code scale} of them behind the point. */
public record DecimalType(int precision, int scale) implements FieldType {
    private static final int MAXIMUM_PRECISION = 38;

    /** No double has more digits behind the point, and no Decimal128 of digits that are not zeros. */
    private static final int MAXIMUM_SCALE = 1100;

    public DecimalType {
        if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale + ") is outside decimal(38,s)");
        }
    }

    /** The number as this type has it; empty if the value is none, or would have to be rounded. */
    public Optional<BigDecimal> exact(BsonValue value) {
        Optional<BigDecimal> digits = ExactNumbers.digits(value);
        // Of a huge exponent, the digits alone would fill the heap.
        if (digits.isEmpty()
                || digits.get().scale() < -MAXIMUM_PRECISION
                || digits.get().scale() > MAXIMUM_SCALE) {
            return Optional.empty();
        }
        try {
            BigDecimal scaled = digits.get().setScale(scale);
            return scaled.precision() <= precision ? Optional.of(scaled) : Optional.empty();
        } catch (ArithmeticException rounded) {
            return Optional.empty();
        }
    }

    /** Whether the type holds all values of the other. */
    public boolean holds(FieldType other) {
        return equals(ScalarJoin.join(this, other));
    }

    @Override
    public boolean isVacant() {
        return false;
    }
}
