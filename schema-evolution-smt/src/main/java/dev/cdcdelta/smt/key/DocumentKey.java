package dev.cdcdelta.smt.key;

import dev.cdcdelta.smt.schema.FieldType;
import org.bson.BsonValue;

/**
 * The identity of a document: equal for two {@code _id}s exactly when MongoDB's unique index holds them equal (int32 5, int64 5,
 * double 5.0 and decimal 5 are one, the string "5" is another).
 *
 * @param canonical text that is the same for equal keys and differs for others
 */
public record DocumentKey(String canonical) {
    public static DocumentKey of(BsonValue id) {
        throw new UnsupportedOperationException();
    }

    /** The key in extended JSON text of any dialect, as in Debezium's record key {@code {"id": "<text>"}}. */
    public static DocumentKey ofExtendedJson(String text) {
        throw new UnsupportedOperationException();
    }

    /**
     * The key that a column value stands for.
     *
     * @param type the type of the {@code _id} column, which tells an ObjectId from a string of the same letters
     * @param value Boolean, Integer, Long, Float, Double, BigDecimal, String, byte[] or, for {@link
     *     dev.cdcdelta.smt.schema.ScalarType#DATE}, Long microseconds since the epoch; struct: a {@code Map<String, Object>} in field
     *     order
     */
    public static DocumentKey ofColumn(FieldType type, Object value) {
        throw new UnsupportedOperationException();
    }
}
