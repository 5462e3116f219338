package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.DeclaredValues;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes Decimal128 values as the numbers that they are to be, and other values as they are.
 *
 * @param mode not text
 * @param writer of a column that such numbers may go to
 */
record DecimalModeWriter(DecimalMode mode, ValueWriter writer) implements ValueWriter {
    @Override
    public @Nullable Object write(BsonValue value) {
        if (!value.isDecimal128()) {
            return writer.write(value);
        }
        BsonValue number = DeclaredValues.fit(mode.type(), value);
        boolean isText = mode.type() instanceof DecimalType && !(writer instanceof DecimalWriter);
        return number == null || isText ? Misfit.VALUE : writer.write(number);
    }

    @Override
    public @Nullable Object read(TextCursor text) {
        return writer.read(text);
    }
}
