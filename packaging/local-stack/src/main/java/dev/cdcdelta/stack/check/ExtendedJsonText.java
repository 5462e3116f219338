package dev.cdcdelta.stack.check;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriterSettings;

/** Values as canonical extended JSON, by the MongoDB driver's own code. */
final class ExtendedJsonText {
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private ExtendedJsonText() {}

    static boolean holds(String text, BsonValue value) {
        try {
            return value.equals(BsonDocument.parse("{\"v\": " + text + "}").get("v"));
        } catch (JsonParseException e) {
            return false;
        }
    }

    /** Between the braces of a document with the one field v. */
    static String of(BsonValue value) {
        String document = new BsonDocument("v", value).toJson(CANONICAL);
        return document.substring(document.indexOf(':') + 1, document.lastIndexOf('}'))
                .strip();
    }
}
