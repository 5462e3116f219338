package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.TextCursor;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes all elements or none. */
record ArrayWriter(ValueWriter element) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        if (!(value instanceof BsonArray array)) {
            return Misfit.VALUE;
        }
        List<Object> list = new ArrayList<>(array.size());
        for (BsonValue item : array) {
            Object written = StructWriter.isNull(item) ? null : element.write(item);
            if (written instanceof Misfit) {
                return written;
            }
            list.add(written);
        }
        return list;
    }

    @Override
    public Object read(TextCursor text) {
        if (!text.open('[')) {
            return Misfit.VALUE;
        }
        List<@Nullable Object> list = new ArrayList<>();
        if (text.close(']')) {
            return list;
        }
        do {
            Object read = text.peek() == 'n' && text.takeNull() ? null : element.read(text);
            if (read instanceof Misfit) {
                return read;
            }
            list.add(read);
        } while (text.take(','));
        return text.close(']') ? list : Misfit.TYPE;
    }
}
