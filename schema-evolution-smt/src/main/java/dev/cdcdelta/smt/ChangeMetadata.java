package dev.cdcdelta.smt;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of its change beside the document; null what it does not say.
 *
 * @param operation {@code c}, {@code u}, {@code d} or {@code r}
 * @param sourceTime milliseconds since the epoch
 */
record ChangeMetadata(
        @Nullable String operation,
        @Nullable Long sourceTime,
        @Nullable Integer sourceOrdinal,
        @Nullable String database,
        @Nullable String collection) {
    static final String DELETE = "d";
    static final String UPDATE = "u";

    boolean isOf(String letter) {
        return letter.equals(operation);
    }

    /** Sets the headers of {@link ChangeHeaders}; those that the record does not know are left out. */
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

    static @Nullable Long time(@Nullable Object value) {
        return value instanceof Number number ? (Long) number.longValue() : null;
    }

    /** @throws DataException if it is beyond an int, of which a part would put changes in another order */
    static @Nullable Integer ordinal(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        if (number.longValue() != number.intValue()) {
            throw new DataException("The order within its cluster time that the event tells, " + number
                    + ", is none that MongoDB gives. Check what else writes to the topic, and the transforms that change"
                    + " 'source.ord'.");
        }
        return number.intValue();
    }

    static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
