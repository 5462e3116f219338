package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents whose fields the schema has.
 *
 * @param rest takes, as one document, the fields that the schema does not have; null if there are none by now
 * @param rules {@link SchemaRules#ofAnyField}
 */
record StructWriter(Schema schema, Slots slots, @Nullable Field rest, Readiness readiness, SchemaRules rules)
        implements ValueWriter {
    private static final BsonDocument NO_OTHERS = new BsonDocument();

    @Override
    public Object write(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return writeDocument(document);
        }
        return value instanceof BsonTimestamp timestamp ? writeDocument(ValueTypes.parts(timestamp)) : Misfit.VALUE;
    }

    Object writeDocument(BsonDocument document) {
        Struct struct = new Struct(schema);
        BsonDocument others = NO_OTHERS;
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            Slot slot = slots.of(entry.getKey());
            if (slot == null && others == NO_OTHERS) {
                others = new BsonDocument();
            }
            boolean isPlaced = slot == null
                    ? putOther(others, entry.getKey(), entry.getValue())
                    : put(struct, slot, entry.getValue());
            if (!isPlaced) {
                return Misfit.TYPE;
            }
        }
        return withRest(struct, others);
    }

    private Struct withRest(Struct struct, BsonDocument others) {
        if (rest != null && !others.isEmpty()) {
            struct.put(rest, ExtendedJson.text(others));
        }
        return struct;
    }

    /** Takes a field that the schema does not have. */
    private boolean putOther(BsonDocument others, String name, BsonValue value) {
        if (isNull(value)) {
            return true;
        }
        if (rest != null && readiness != Readiness.OPEN) {
            others.put(name, value);
            return true;
        }
        return readiness == Readiness.MERGED && isEmpty(value);
    }

    /** Whether there is nothing in it but null and empty containers, which have no column. */
    private static boolean isEmpty(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return document.values().stream().allMatch(StructWriter::isEmpty);
        }
        return value instanceof BsonArray array ? array.stream().allMatch(StructWriter::isEmpty) : isNull(value);
    }

    /** Tells whether the value has found its place. */
    private boolean put(Struct struct, Slot slot, BsonValue value) {
        if (isNull(value) && !slot.writer().writesNull()) {
            return true;
        }
        Object written = slot.writer().write(value);
        if (!(written instanceof Misfit)) {
            if (slot.field() != null) {
                struct.put(slot.field(), written);
            }
            return true;
        }
        if (slot.sidecar() == null || !goesAside(slot, (Misfit) written, value)) {
            return false;
        }
        struct.put(slot.sidecar(), ExtendedJson.text(value));
        return true;
    }

    private boolean goesAside(Slot slot, Misfit misfit, BsonValue value) {
        return readiness == Readiness.MERGED
                || misfit == Misfit.VALUE && slot.writer().isInConflict(slot.type(), value, rules);
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
        BsonDocument others = NO_OTHERS;
        do {
            if (!fields.advance(text)) {
                return Misfit.TYPE;
            }
            Slot slot = fields.slot();
            if (slot == null && others == NO_OTHERS) {
                others = new BsonDocument();
            }
            if (!(slot == null ? putOther(others, fields.unknown(), text) : put(struct, slot, text))) {
                return Misfit.TYPE;
            }
        } while (text.take(','));
        return text.close('}') ? withRest(struct, others) : Misfit.TYPE;
    }

    /** As above, for the value that comes next in the text. */
    private boolean put(Struct struct, Slot slot, TextCursor text) {
        int start = text.position();
        int depth = text.depth();
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
        BsonValue value = text.peek() == 'n' && text.takeNull() ? BsonNull.VALUE : text.readValue();
        return value != null && put(struct, slot, value);
    }

    private boolean putOther(BsonDocument others, String name, TextCursor text) {
        if (text.peek() == 'n' && text.takeNull()) {
            return true;
        }
        if (rest == null || readiness == Readiness.OPEN) {
            return false;
        }
        BsonValue value = text.readValue();
        return value != null && putOther(others, name, value);
    }

    static boolean isNull(BsonValue value) {
        BsonType type = value.getBsonType();
        return type == BsonType.NULL || type == BsonType.UNDEFINED;
    }
}
