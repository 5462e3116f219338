package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.TypeInference;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Gives values the Java form of one Connect schema. */
interface ValueWriter {
    /** The Java form of the value, or a {@link Misfit}. */
    @Nullable
    Object write(BsonValue value);

    /**
     * The Java form of the value that comes next in the text: the one that {@link #write} gives. Or a {@link Misfit}; who is not sure
     * says {@link Misfit#VALUE}, and the value is read once more as BSON.
     */
    default @Nullable Object read(TextCursor text) {
        return Misfit.VALUE;
    }

    /** Whether BSON's null and undefined have a form of their own; if not, they are null without being asked. */
    default boolean writesNull() {
        return false;
    }

    /**
     * Whether a value that is a {@link Misfit#VALUE} goes beside the field: no merging would let it in.
     *
     * @param rules {@link SchemaRules#ofAnyField}
     */
    default boolean isInConflict(FieldType held, BsonValue value, SchemaRules rules) {
        return TypeInference.isInConflict(held, value, rules);
    }

    /** Returned, not thrown, because documents that differ from their predecessors are no exception. */
    enum Misfit {
        /** The value is not of the writer's type; the nearest named field says what becomes of it. */
        VALUE,
        /** The document has to be merged into the type first. */
        TYPE
    }
}
