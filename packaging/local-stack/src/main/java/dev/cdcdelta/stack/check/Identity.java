package dev.cdcdelta.stack.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A text by which to find the document of a row. Documents with different ids may share one; the comparison of the whole
 * row tells them apart.
 */
final class Identity {
    private Identity() {}

    static String of(BsonValue id) {
        return switch (id.getBsonType()) {
            case STRING -> id.asString().getValue();
            case OBJECT_ID -> id.asObjectId().getValue().toHexString();
            case INT32, INT64, DOUBLE -> number(id.asNumber().doubleValue());
            case DOCUMENT -> ofDocument(id.asDocument());
            default -> ExtendedJsonText.of(id);
        };
    }

    static String of(JsonNode cell) {
        if (cell.isNumber()) {
            return number(cell.doubleValue());
        }
        if (cell.isObject()) {
            Map<String, String> fields = new TreeMap<>();
            for (Iterator<Map.Entry<String, JsonNode>> entries = cell.fields(); entries.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = entries.next();
                if (!entry.getValue().isNull()) {
                    fields.put(entry.getKey(), of(entry.getValue()));
                }
            }
            return fields.toString();
        }
        return cell.asText();
    }

    private static String ofDocument(BsonDocument id) {
        Map<String, String> fields = new TreeMap<>();
        id.forEach((field, value) -> {
            if (!value.isNull()) {
                fields.put(ColumnNaming.column(field, false), of(value));
            }
        });
        return fields.toString();
    }

    private static String number(double number) {
        return Double.toString(number);
    }
}
