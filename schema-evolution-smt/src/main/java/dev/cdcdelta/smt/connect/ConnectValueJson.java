package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Connect values as text. */
public final class ConnectValueJson {
    private ConnectValueJson() {}

    /**
     * Canonical extended JSON of a value: an ObjectId reads as one again, and what a Struct's sidecars hold is back in its place.
     *
     * @param schema null for a schemaless value
     * @throws org.apache.kafka.connect.errors.DataException if the value is not of its schema
     */
    public static String text(@Nullable Schema schema, @Nullable Object value) {
        return ExtendedJson.text(ConnectBson.of(schema, value));
    }
}
