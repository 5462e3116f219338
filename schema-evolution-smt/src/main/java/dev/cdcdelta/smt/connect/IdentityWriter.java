package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.IdentityInference;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes {@code _id}s, null among them, and nothing that the column could not tell apart again: that goes to the sidecar. */
record IdentityWriter(FieldType type, ValueWriter writer) implements ValueWriter {
    @Override
    public @Nullable Object write(BsonValue id) {
        if (IdentityInference.isOf(type, id)) {
            return writer.write(id);
        }
        return IdentityInference.isInConflict(type, id) ? Misfit.VALUE : Misfit.TYPE;
    }

    /** Whether no merging would let the column hold the value. */
    boolean isInConflict(BsonValue id) {
        return IdentityInference.isInConflict(type, id);
    }

    @Override
    public boolean writesNull() {
        return true;
    }

    /** What a column would blur, as text. */
    record Text() implements ValueWriter {
        @Override
        public Object write(BsonValue value) {
            return ExtendedJson.text(value);
        }

        @Override
        public boolean writesNull() {
            return true;
        }
    }
}
