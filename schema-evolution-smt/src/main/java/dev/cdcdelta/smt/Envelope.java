package dev.cdcdelta.smt;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium's MongoDB connector says of one change, from a Struct or from a schemaless map alike. The image before is not read:
 * the key tells what a delete removes.
 *
 * @param operation {@code c}, {@code u}, {@code d} or {@code r}
 * @param after the document as extended JSON; null for deletes, and for updates of a document that was gone when it was looked up
 */
record Envelope(
        String operation,
        @Nullable String after,
        @Nullable Long sourceTime,
        @Nullable Integer sourceOrdinal,
        @Nullable String database,
        String collection) {
    private static final Set<String> OPERATIONS = Set.of("c", "u", "d", "r");

    /** Reads an envelope; empty for any other value, envelopes of other databases included. */
    static Optional<Envelope> of(Object value) {
        Object source = field(value, "source");
        Object operation = field(value, "op");
        if (operation instanceof String code
                && OPERATIONS.contains(code)
                && field(source, "collection") instanceof String collection
                && isText(field(value, "after"))
                && isText(field(value, "before"))) {
            return Optional.of(new Envelope(
                    code,
                    (String) field(value, "after"),
                    field(source, "ts_ms") instanceof Number time ? (Long) time.longValue() : null,
                    field(source, "ord") instanceof Number ordinal ? (Integer) ordinal.intValue() : null,
                    field(source, "db") instanceof String database ? database : null,
                    collection));
        }
        return Optional.empty();
    }

    boolean isUpdateWithoutImage() {
        return after == null && operation.equals("u");
    }

    /**
     * The document as extended JSON; empty for a delete.
     *
     * @throws DataException if the image is missing
     */
    Optional<String> document() {
        if (operation.equals("d")) {
            return Optional.empty();
        }
        if (after == null) {
            throw new DataException("An event of operation '" + operation
                    + "' has no document in 'after'. Check the transforms that run before this one.");
        }
        return Optional.of(after);
    }

    /** Sets the headers of {@link ChangeHeaders}; those that the source does not know are left out. */
    void addTo(Headers headers) {
        replace(headers, ChangeHeaders.OPERATION, Schema.STRING_SCHEMA, operation);
        replace(headers, ChangeHeaders.SOURCE_TIME, Schema.INT64_SCHEMA, sourceTime);
        replace(headers, ChangeHeaders.SOURCE_ORDINAL, Schema.INT32_SCHEMA, sourceOrdinal);
        replace(headers, ChangeHeaders.DATABASE, Schema.STRING_SCHEMA, database);
        replace(headers, ChangeHeaders.COLLECTION, Schema.STRING_SCHEMA, collection);
    }

    private static void replace(Headers headers, String name, Schema schema, @Nullable Object value) {
        headers.remove(name);
        if (value != null) {
            headers.add(name, value, schema);
        }
    }

    private static boolean isText(@Nullable Object image) {
        return image == null || image instanceof String;
    }

    private static @Nullable Object field(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map.get(name);
        }
        if (value instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? null : struct.get(field);
        }
        return null;
    }
}
