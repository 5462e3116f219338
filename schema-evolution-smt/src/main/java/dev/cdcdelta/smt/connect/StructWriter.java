package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes documents whose fields the schema has. */
record StructWriter(Schema schema, Slots slots) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return writeDocument(document);
        }
        return value instanceof BsonTimestamp timestamp ? writeDocument(ValueTypes.parts(timestamp)) : Misfit.VALUE;
    }

    Object writeDocument(BsonDocument document) {
        Struct struct = new Struct(schema);
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            if (!put(struct, slots.of(entry.getKey()), entry.getValue())) {
                return Misfit.TYPE;
            }
        }
        return struct;
    }

    /** Tells whether the value has found its place. */
    private static boolean put(Struct struct, @Nullable Slot slot, BsonValue value) {
        if (isNull(value) && (slot == null || !slot.writer().writesNull())) {
            return true;
        }
        if (slot == null) {
            return false;
        }
        Object written = slot.writer().write(value);
        if (written == Misfit.TYPE) {
            return false;
        }
        if (written != Misfit.VALUE) {
            if (slot.field() != null) {
                struct.put(slot.field(), written);
            }
            return true;
        }
        if (slot.sidecar() == null || !slot.writer().isInConflict(slot.type(), value)) {
            return false;
        }
        struct.put(slot.sidecar(), ExtendedJson.text(value));
        return true;
    }

    @Override
    public Object read(TextCursor text) {
        if (!text.open('{') || text.mayBeWrapper()) {
            return Misfit.VALUE;
        }
        Struct struct = new Struct(schema);
        if (text.close('}')) {
            return struct;
        }
        FieldSequence fields = new FieldSequence(slots);
        do {
            if (!fields.advance(text) || !put(struct, fields.slot(), text)) {
                return Misfit.TYPE;
            }
        } while (text.take(','));
        return text.close('}') ? struct : Misfit.TYPE;
    }

    /** As above, for the value that comes next in the text. */
    private static boolean put(Struct struct, @Nullable Slot slot, TextCursor text) {
        int start = text.position();
        int depth = text.depth();
        if (slot != null) {
            Object read = slot.writer().read(text);
            if (read == Misfit.TYPE) {
                return false;
            }
            if (read != Misfit.VALUE) {
                if (slot.field() != null) {
                    struct.put(slot.field(), read);
                }
                return true;
            }
            text.reset(start, depth);
        }
        BsonValue value = text.peek() == 'n' && text.takeNull() ? BsonNull.VALUE : text.readValue();
        return value != null && put(struct, slot, value);
    }

    static boolean isNull(BsonValue value) {
        BsonType type = value.getBsonType();
        return type == BsonType.NULL || type == BsonType.UNDEFINED;
    }
}
