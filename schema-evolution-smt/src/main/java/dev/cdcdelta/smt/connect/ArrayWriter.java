package dev.cdcdelta.smt.connect;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonValue;

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
}
