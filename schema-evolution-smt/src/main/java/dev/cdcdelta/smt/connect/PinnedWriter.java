package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.SchemaRules;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes a field whose type no value changes: what does not fit goes beside it. */
record PinnedWriter(ValueWriter writer) implements ValueWriter {
    @Override
    public @Nullable Object write(BsonValue value) {
        return pinned(writer.write(value));
    }

    @Override
    public @Nullable Object read(TextCursor text) {
        return pinned(writer.read(text));
    }

    private static @Nullable Object pinned(@Nullable Object written) {
        return written == Misfit.TYPE ? Misfit.VALUE : written;
    }

    @Override
    public boolean writesNull() {
        return writer.writesNull();
    }

    @Override
    public boolean isInConflict(FieldType held, BsonValue value, SchemaRules rules) {
        return true;
    }
}
