package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.util.Map;
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
 * @param places of the values
 * @param rest the place that takes, as one document, the fields that the schema does not have; {@link Places#NONE} if there are none by now
 * @param rules {@link SchemaRules#ofAnyField}
 */
record StructWriter(Places places, Slots slots, int rest, Readiness readiness, SchemaRules rules)
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
        @Nullable Object[] values = new Object[places.width()];
        BsonDocument others = NO_OTHERS;
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            Slot slot = slots.of(entry.getKey());
            if (slot == null && others == NO_OTHERS) {
                others = new BsonDocument();
            }
            boolean isPlaced = slot == null
                    ? putOther(others, entry.getKey(), entry.getValue())
                    : put(values, slot, entry.getValue());
            if (!isPlaced) {
                return Misfit.TYPE;
            }
        }
        return withRest(values, others);
    }

    private Object withRest(@Nullable Object[] values, BsonDocument others) {
        if (rest != Places.NONE && !others.isEmpty()) {
            values[rest] = ExtendedJson.text(others);
        }
        return places.whole(values);
    }

    /** Takes a field that the schema does not have. */
    private boolean putOther(BsonDocument others, String name, BsonValue value) {
        if (isNull(value)) {
            return true;
        }
        if (rest != Places.NONE && readiness != Readiness.OPEN) {
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
    private boolean put(@Nullable Object[] values, Slot slot, BsonValue value) {
        if (isNull(value) && !slot.writer().writesNull()) {
            return true;
        }
        Object written = slot.writer().write(value);
        if (!(written instanceof Misfit)) {
            return place(values, slot.place(), written);
        }
        return slot.sidecar() != Places.NONE
                && goesAside(slot, (Misfit) written, value)
                && place(values, slot.sidecar(), ExtendedJson.text(value));
    }

    private static boolean place(@Nullable Object[] values, int place, @Nullable Object value) {
        if (place >= 0) {
            values[place] = value;
        }
        return place != Places.OUTSIDE;
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
        @Nullable Object[] values = new Object[places.width()];
        if (text.close('}')) {
            return places.whole(values);
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
            if (!(slot == null ? putOther(others, fields.unknown(), text) : put(values, slot, text))) {
                return Misfit.TYPE;
            }
        } while (text.take(','));
        return text.close('}') ? withRest(values, others) : Misfit.TYPE;
    }

    /** As above, for the value that comes next in the text. */
    private boolean put(@Nullable Object[] values, Slot slot, TextCursor text) {
        int start = text.position();
        int depth = text.depth();
        Object read = slot.writer().read(text);
        if (read == Misfit.TYPE) {
            return false;
        }
        if (read != Misfit.VALUE) {
            return place(values, slot.place(), read);
        }
        text.reset(start, depth);
        BsonValue value = text.peek() == 'n' && text.takeNull() ? BsonNull.VALUE : text.readValue();
        return value != null && put(values, slot, value);
    }

    private boolean putOther(BsonDocument others, String name, TextCursor text) {
        if (text.peek() == 'n' && text.takeNull()) {
            return true;
        }
        if (rest == Places.NONE || readiness == Readiness.OPEN) {
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
