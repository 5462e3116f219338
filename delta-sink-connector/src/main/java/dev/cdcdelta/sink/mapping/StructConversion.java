package dev.cdcdelta.sink.mapping;

import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** A document, or a part of one, as the values of its columns. */
record StructConversion(List<FieldConversion> fields) {
    /** @param width the number of columns; those that no field feeds stay null */
    Object[] row(Struct document, int width) {
        Object[] row = new Object[width];
        for (FieldConversion field : fields) {
            field.write(document, row);
        }
        return row;
    }
}
