package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A document, or a part of one, as the values of its columns.
 *
 * @param rest the position of the column for fields that have none, or -1
 */
record StructConversion(List<FieldConversion> fields, int rest) {
    /** @param width the number of columns; those that no field feeds stay null */
    Object[] row(Struct document, int width) {
        @Nullable Object[] row = new Object[width];
        BsonDocument others = null;
        for (FieldConversion field : fields) {
            if (rest < 0 || !field.isWithoutColumn()) {
                field.write(document, row);
            } else if (field.valueIn(document) != null) {
                others = others == null ? new BsonDocument() : others;
                field.writeTo(others, document);
            }
        }
        if (others != null) {
            if (row[rest] != null) {
                others.putAll(ExtendedJson.parseDocument((String) row[rest]));
            }
            row[rest] = ExtendedJson.text(others);
        }
        return row;
    }
}
