package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ValueTypes;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/**
 * Accepts numbers that the decimal holds without rounding.
 *
 * @param isDeclared whether any such number is welcome; if not, of integers those alone whose whole type the decimal holds, so that the
 *     column grows to the same type whatever comes first
 */
record DecimalWriter(DecimalType type, boolean isDeclared) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        boolean isWelcome = isDeclared || value.isDecimal128() || isInteger(value) && type.holds(ValueTypes.of(value));
        return isWelcome ? type.exact(value).<Object>map(exact -> exact).orElse(Misfit.VALUE) : Misfit.VALUE;
    }

    private static boolean isInteger(BsonValue value) {
        return value instanceof BsonInt32 || value instanceof BsonInt64;
    }
}
