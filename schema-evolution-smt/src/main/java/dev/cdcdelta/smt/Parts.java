package dev.cdcdelta.smt;

import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The parts of a value that converters give as a Struct, or without a schema as a map. */
final class Parts {
    private Parts() {}

    /** Null if there is no such part. */
    static @Nullable Object of(@Nullable Object value, String name) {
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
