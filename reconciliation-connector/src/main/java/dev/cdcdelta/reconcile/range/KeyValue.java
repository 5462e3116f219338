package dev.cdcdelta.reconcile.range;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** A key as the value that it has in an index, numbers by value. */
public final class KeyValue {
    private static final String OBJECT_ID = "{\"$oid\":\"";
    private static final int OBJECT_ID_DIGITS = 24;

    private KeyValue() {}

    /** The usual kinds of keys are read without a parser: each row of a table passes here. */
    public static BsonValue of(DocumentKey key) {
        String text = key.canonical();
        int end = text.length() - 1;
        if (text.startsWith(OBJECT_ID) && text.length() == OBJECT_ID.length() + OBJECT_ID_DIGITS + 2) {
            return new BsonObjectId(
                    new ObjectId(text.substring(OBJECT_ID.length(), OBJECT_ID.length() + OBJECT_ID_DIGITS)));
        }
        if (end > 0 && text.charAt(0) == '"' && text.indexOf('\\') < 0) {
            return new BsonString(text.substring(1, end));
        }
        return ExtendedJson.parse(text);
    }
}
