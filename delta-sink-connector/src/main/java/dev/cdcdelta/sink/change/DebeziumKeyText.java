package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Debezium's record key <code>{"id": "&lt;extended JSON&gt;"}</code> as the text that Kafka holds, because its converter does not read JSON. */
record DebeziumKeyText(String text) {
    static final String REMEDY = "Set key.converter to the one that the source connector writes keys with, best"
            + " org.apache.kafka.connect.json.JsonConverter with schemas.enable=false, and leave out transforms that change the key";

    private static final String ID = "id";
    private static final String BEGINNING = "{\"id\":";

    /** Empty if the key is of another Java class than converters give for text. */
    static Optional<DebeziumKeyText> of(Object key) {
        if (key instanceof byte[] bytes) {
            return Optional.of(new DebeziumKeyText(new String(bytes, StandardCharsets.UTF_8)));
        }
        return key instanceof String text ? Optional.of(new DebeziumKeyText(text)) : Optional.empty();
    }

    /** Whether it begins as no bare {@code _id} does that anybody would write. */
    boolean isDebeziums() {
        return text.startsWith(BEGINNING);
    }

    /** @throws DataException if the text is no such key */
    DocumentKey documentKey() {
        BsonDocument key;
        try {
            key = ExtendedJson.parseDocument(text);
        } catch (DataException broken) {
            throw unknown(broken);
        }
        if (key.size() != 1 || !key.isString(ID)) {
            throw unknown(null);
        }
        return DocumentKey.ofExtendedJson(key.getString(ID).getValue());
    }

    private static DataException unknown(@Nullable DataException cause) {
        return new DataException("The record key is text, but not Debezium's {\"id\": …}. " + REMEDY, cause);
    }
}
