package dev.cdcdelta.smt.ejson;

import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * MongoDB's extended JSON: reads version 1 (strict) and version 2 (canonical, relaxed) alike, writes version 2 canonical.
 *
 * <p>Version 1 and relaxed text write a DBPointer, deprecated for a decade, just as a DBRef, which is an ordinary document of
 * <code>$ref</code> and <code>$id</code>. It is read as that document, as BSON's own reader does.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md">the specification</a>
 */
public final class ExtendedJson {
    private ExtendedJson() {}

    /**
     * Reads one value of any type.
     *
     * @throws DataException if the text is broken; the message names position and path, never content
     */
    public static BsonValue parse(String text) {
        return ExtendedJsonParser.parse(text);
    }

    /**
     * Reads one document.
     *
     * @throws DataException if the text is broken or holds a value of another type
     */
    public static BsonDocument parseDocument(String text) {
        BsonValue value = ExtendedJsonParser.parse(text);
        if (value instanceof BsonDocument document) {
            return document;
        }
        throw new DataException("The extended JSON text holds a " + value.getBsonType()
                + " where a document is expected. Check that the field holds a whole MongoDB document.");
    }

    /** Canonical text, which loses no type. */
    public static String text(BsonValue value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    /** Appends what {@link #text} returns. */
    public static void append(StringBuilder text, BsonValue value) {
        CanonicalText.append(text, value);
    }

    /** Appends a JSON string with its quotes. */
    public static void appendString(StringBuilder text, String value) {
        CanonicalText.appendString(text, value);
    }
}
