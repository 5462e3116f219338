package dev.cdcdelta.smt;

import dev.cdcdelta.smt.ejson.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonValue;

/**
 * Refuses texts with half a surrogate pair, which JSON can spell and converters hand on, but no column holds: a question mark would take
 * its place without a word.
 */
final class WholeCharacters {
    private WholeCharacters() {}

    /** @throws DataException if there is such a text in the value, or such a name; the message tells its path */
    static void require(BsonValue value) {
        require(value, List.of());
    }

    private static void require(BsonValue value, List<String> path) {
        switch (value.getBsonType()) {
            case STRING -> requireText(value.asString().getValue(), path);
            case ARRAY -> {
                int index = 0;
                for (BsonValue element : value.asArray()) {
                    require(element, with(path, Integer.toString(index++)));
                }
            }
            case DOCUMENT -> {
                for (Map.Entry<String, BsonValue> field : value.asDocument().entrySet()) {
                    requireText(field.getKey(), path);
                    require(field.getValue(), with(path, field.getKey()));
                }
            }
            default -> {
                // holds no text of others
            }
        }
    }

    private static void requireText(String text, List<String> path) {
        if (!Surrogates.arePaired(text)) {
            throw new DataException("A text or name at path '/" + String.join("/", path)
                    + "' holds half a surrogate pair, which is no character and which no column can hold. Check the converter"
                    + " and any transform that runs before this one.");
        }
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
