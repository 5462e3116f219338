package dev.cdcdelta.admin.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An event in the envelope of Debezium's MongoDB connector, as schemaless JSON.
 *
 * @param id the {@code _id}
 * @param operation {@code c}, {@code u}, {@code r} or {@code d}
 * @param after the document as extended JSON; null for a delete
 * @param sourceTime milliseconds since the epoch; null where the source told none
 */
record ReplayEvent(
        BsonValue id,
        String operation,
        @Nullable String after,
        @Nullable Long sourceTime,
        @Nullable Integer sourceOrdinal) {
    private static final JsonFactory JSON = new JsonFactory();

    byte[] key() {
        return json(json -> json.writeStringField("id", ExtendedJson.text(id)));
    }

    /** @param table database and collection */
    byte[] value(Namespace table) {
        return json(json -> {
            json.writeNullField("before");
            json.writeStringField("after", after);
            json.writeNullField("updateDescription");
            json.writeObjectFieldStart("source");
            json.writeStringField("connector", "mongodb");
            json.writeStringField("db", table.database());
            json.writeStringField("collection", table.collection());
            if (sourceTime != null) {
                json.writeNumberField("ts_ms", sourceTime);
            }
            if (sourceOrdinal != null) {
                json.writeNumberField("ord", sourceOrdinal);
            }
            json.writeEndObject();
            json.writeStringField("op", operation);
        });
    }

    /** Where MongoDB has the collection. */
    record Namespace(String database, String collection) {}

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] json(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
