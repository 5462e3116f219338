package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.DecimalType;
import java.math.BigDecimal;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/** Accepts integers that the decimal holds without rounding. */
record DecimalWriter(DecimalType type) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        if (!(value instanceof BsonInt32 || value instanceof BsonInt64)) {
            return Misfit.VALUE;
        }
        BigDecimal decimal = BigDecimal.valueOf(value.asNumber().longValue()).setScale(type.scale());
        return decimal.precision() <= type.precision() ? decimal : Misfit.VALUE;
    }
}
