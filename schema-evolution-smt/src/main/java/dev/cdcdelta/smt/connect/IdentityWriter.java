package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.IdentityInference;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes {@code _id}s, null among them, and nothing that the column could not tell apart again. */
record IdentityWriter(FieldType type, ValueWriter writer) implements ValueWriter {
    @Override
    public @Nullable Object write(BsonValue id) {
        if (IdentityInference.isOf(type, id)) {
            return writer.write(id);
        }
        return IdentityInference.isInConflict(type, IdentityInference.of(id)) ? Misfit.VALUE : Misfit.TYPE;
    }

    @Override
    public boolean isInConflict(FieldType held, BsonValue id, SchemaRules rules) {
        return IdentityInference.isInConflict(held, IdentityInference.of(id));
    }

    @Override
    public @Nullable Object read(TextCursor text) {
        return type instanceof ScalarType scalar && keepsAllItReads(scalar) ? writer.read(text) : Misfit.VALUE;
    }

    /** Not so a UUID's column, for one: it is text, which of the two subtypes it was is not told by it. */
    private static boolean keepsAllItReads(ScalarType type) {
        return switch (type) {
            case OBJECT_ID, STRING, INT32, INT64, DOUBLE -> true;
            case NOTHING, BOOLEAN, FLOAT, UUID, DECIMAL128, BINARY, DATE, JSON -> false;
        };
    }

    @Override
    public boolean writesNull() {
        return true;
    }
}
