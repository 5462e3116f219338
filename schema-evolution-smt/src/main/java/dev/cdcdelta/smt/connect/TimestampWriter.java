package dev.cdcdelta.smt.connect;

import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/**
 * Writes BSON timestamps where a document of the same fields would be too deep.
 *
 * @param parts of {@link dev.cdcdelta.smt.schema.ValueTypes#TIMESTAMP}
 */
record TimestampWriter(StructWriter parts) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        return value instanceof BsonTimestamp ? parts.write(value) : Misfit.VALUE;
    }
}
