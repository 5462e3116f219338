package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.ejson.Surrogates;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses typed documents with half a surrogate pair in a text, which JSON can spell and its converter hands on: UTF-8 has no form for
 * it, and a question mark would take its place without a word.
 */
final class WholeTexts {
    private WholeTexts() {}

    /** @throws DataException if there is such a text; the message tells its path */
    static void require(Struct document) {
        require(document, "");
    }

    private static void require(@Nullable Object value, String path) {
        if (value instanceof String text) {
            if (!Surrogates.arePaired(text)) {
                throw new DataException(
                        "A text at path '" + path + "' holds half a surrogate pair, which is no character and"
                                + " which no column can hold. Check the producer and the transforms that change texts");
            }
        } else if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                Object part = struct.get(field);
                if (part != null) {
                    require(part, path + "/" + field.name());
                }
            }
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> require(element, path));
        } else if (value instanceof Map<?, ?> entries) {
            entries.forEach((name, entry) -> {
                require(name, path);
                require(entry, path);
            });
        }
    }
}
