package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.DecimalType;
import org.bson.BsonValue;

/** Accepts numbers that the decimal holds without rounding. */
record DecimalWriter(DecimalType type) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        return type.exact(value).<Object>map(exact -> exact).orElse(Misfit.VALUE);
    }
}
