package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.DeclaredValues;
import dev.cdcdelta.smt.schema.FieldType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes values that are exactly one of a declared type.
 *
 * @param declared by a rule
 * @param writer of that type
 */
record DeclaredWriter(FieldType declared, ValueWriter writer) implements ValueWriter {
    @Override
    public @Nullable Object write(BsonValue value) {
        BsonValue fitting = DeclaredValues.fit(declared, value);
        return fitting == null ? Misfit.VALUE : writer.write(fitting);
    }

    @Override
    public @Nullable Object read(TextCursor text) {
        return writer.read(text);
    }
}
