package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Accepts integers and Decimal128 values that the decimal holds without rounding; a minus before zero is more than it holds. */
record DecimalWriter(DecimalType type) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        BigDecimal number = number(value);
        if (number == null) {
            return Misfit.VALUE;
        }
        BigDecimal scaled = number.setScale(type.scale(), RoundingMode.DOWN);
        boolean fits = scaled.compareTo(number) == 0 && scaled.precision() <= type.precision();
        return fits ? scaled : Misfit.VALUE;
    }

    private static @Nullable BigDecimal number(BsonValue value) {
        if (value instanceof BsonInt32 || value instanceof BsonInt64) {
            return BigDecimal.valueOf(value.asNumber().longValue());
        }
        if (!value.isDecimal128() || !value.asDecimal128().getValue().isFinite()) {
            return null;
        }
        Decimal128 decimal = value.asDecimal128().getValue();
        try {
            return decimal.bigDecimalValue();
        } catch (ArithmeticException negativeZero) {
            return null;
        }
    }
}
