package dev.cdcdelta.smt.registry;

import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** JSON without white space, with text escaped as Jackson does it, which writes Avro's schemas. */
final class CompactJson {
    private CompactJson() {}

    /** Documents, arrays, strings, int32 and null. */
    static String of(BsonValue value) {
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.toString();
    }

    private static void write(StringBuilder json, BsonValue value) {
        if (value instanceof BsonDocument document) {
            String separator = "{";
            for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
                quote(json.append(separator), entry.getKey());
                write(json.append(':'), entry.getValue());
                separator = ",";
            }
            json.append('}');
        } else if (value instanceof BsonArray array) {
            String separator = "[";
            for (BsonValue element : array) {
                write(json.append(separator), element);
                separator = ",";
            }
            json.append(array.isEmpty() ? "[]" : "]");
        } else if (value instanceof BsonString text) {
            quote(json, text.getValue());
        } else {
            json.append(
                    value.isNull() ? "null" : Integer.toString(value.asInt32().getValue()));
        }
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? String.format("\\u%04X", (int) c) : String.valueOf(c));
            }
        }
        json.append('"');
    }
}
