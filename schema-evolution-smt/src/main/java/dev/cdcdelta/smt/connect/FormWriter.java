package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes values without parts in another form. */
record FormWriter(RowForm form, ValueWriter writer) implements ValueWriter {
    @Override
    public @Nullable Object write(BsonValue value) {
        return formed(writer.write(value));
    }

    @Override
    public @Nullable Object read(TextCursor text) {
        return formed(writer.read(text));
    }

    private @Nullable Object formed(@Nullable Object written) {
        return written == null || written instanceof Misfit ? written : form.of(written);
    }

    @Override
    public boolean writesNull() {
        return writer.writesNull();
    }
}
