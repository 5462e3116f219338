package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.TypeInference;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents whose fields the schema has.
 *
 * @param slots by the fields' names in documents
 * @param rest takes the fields that the schema does not have; null if there are none by now
 */
record StructWriter(
        Schema schema, Map<String, Slot> slots, @Nullable Field rest, Readiness readiness) implements ValueWriter {
    /** What is known of a document before it is written. */
    enum Readiness {
        /** Nothing: what the schema does not have may have to become part of it first. */
        OPEN,
        /** The schema can have no further fields. */
        CLOSED,
        /** The document has been merged into the schema: what does not fit will not fit. */
        MERGED
    }

    /**
     * Where a field's values go.
     *
     * @param field null while the field is vacant
     * @param sidecar null while the field is without conflict
     */
    record Slot(
            FieldType type,
            ValueWriter writer,
            @Nullable Field field,
            @Nullable Field sidecar) {}

    @Override
    public Object write(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return writeDocument(document);
        }
        return value instanceof BsonTimestamp timestamp ? writeDocument(ValueTypes.parts(timestamp)) : Misfit.VALUE;
    }

    Object writeDocument(BsonDocument document) {
        Struct struct = new Struct(schema);
        BsonDocument others = null;
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            BsonValue value = entry.getValue();
            Slot slot = slots.get(entry.getKey());
            if (isNull(value) && (slot == null || !slot.writer.writesNull())) {
                continue;
            }
            if (slot == null && rest != null && readiness != Readiness.OPEN) {
                others = others == null ? new BsonDocument() : others;
                others.put(entry.getKey(), value);
            } else if (slot == null || !put(struct, slot, value)) {
                return Misfit.TYPE;
            }
        }
        if (others != null) {
            struct.put(rest, ExtendedJson.text(others));
        }
        return struct;
    }

    /** Tells whether the value has found its place. */
    private boolean put(Struct struct, Slot slot, BsonValue value) {
        Object written = slot.writer.write(value);
        if (written == Misfit.TYPE) {
            return false;
        }
        if (written != Misfit.VALUE) {
            if (slot.field != null) {
                struct.put(slot.field, written);
            }
            return true;
        }
        if (slot.sidecar == null || readiness != Readiness.MERGED && !isInConflict(slot, value)) {
            return false;
        }
        struct.put(slot.sidecar, ExtendedJson.text(value));
        return true;
    }

    private static boolean isInConflict(Slot slot, BsonValue value) {
        return slot.writer instanceof IdentityWriter identity
                ? identity.isInConflict(value)
                : TypeInference.isInConflict(slot.type, value);
    }

    static boolean isNull(BsonValue value) {
        BsonType type = value.getBsonType();
        return type == BsonType.NULL || type == BsonType.UNDEFINED;
    }
}
