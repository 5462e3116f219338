package dev.cdcdelta.smt.key;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a document: equal for two {@code _id}s exactly when MongoDB's unique index holds them equal (int32 5, int64 5,
 * double 5.0 and decimal 5 are one, the string "5" is another).
 *
 * @param canonical text that is the same for equal keys and differs for others; itself extended JSON, with numbers by value
 */
public record DocumentKey(String canonical) {
    public static DocumentKey of(BsonValue id) {
        StringBuilder text = new StringBuilder();
        KeyText.append(text, id);
        return new DocumentKey(text.toString());
    }

    /**
     * The key in extended JSON text of any dialect, as in Debezium's record key {@code {"id": "<text>"}}.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the text is broken
     */
    public static DocumentKey ofExtendedJson(String text) {
        return of(ExtendedJson.parse(text));
    }

    /**
     * The key that a column value stands for.
     *
     * @param type the type of the {@code _id} column, which tells an ObjectId from a string of the same letters
     * @param value Boolean, Integer, Long, Float, Double, BigDecimal, String, byte[] or, for {@link
     *     dev.cdcdelta.smt.schema.ScalarType#DATE}, Long microseconds since the epoch; struct: a {@code Map<String, Object>} in field
     *     order, array: a List; null stands for BSON's null
     */
    public static DocumentKey ofColumn(FieldType type, @Nullable Object value) {
        StringBuilder text = new StringBuilder();
        ColumnKeyText.append(text, type, value);
        return new DocumentKey(text.toString());
    }
}
