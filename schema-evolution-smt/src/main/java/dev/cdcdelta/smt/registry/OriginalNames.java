package dev.cdcdelta.smt.registry;

import java.util.Optional;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Gives the fields of Structs that went through Avro the names back that Avro does not allow. For one thread. */
public final class OriginalNames {
    private static final int SCHEMAS = 100;

    private final Cache<Schema, Optional<StructCopy>> copies = new LRUCache<>(SCHEMAS);

    /** The value itself, unless it is a Struct with a field that was renamed for Avro. */
    public @Nullable Object restored(@Nullable Object value) {
        if (!(value instanceof Struct struct)) {
            return value;
        }
        Schema schema = struct.schema();
        Optional<StructCopy> copy = copies.get(schema);
        if (copy == null) {
            copy = isRenamed(schema) ? Optional.of(new StructCopy(schema, original(schema))) : Optional.empty();
            copies.put(schema, copy);
        }
        return copy.isPresent() ? copy.get().of(struct) : struct;
    }

    private static boolean isRenamed(Schema schema) {
        return switch (schema.type()) {
            case STRUCT ->
                schema.fields().stream()
                        .anyMatch(field -> !AvroForm.trueName(field).equals(field.name()) || isRenamed(field.schema()));
            case ARRAY -> isRenamed(schema.valueSchema());
            case MAP, BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, BYTES -> false;
        };
    }

    private static Schema original(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> {
                SchemaBuilder struct = SchemaBuilder.struct().optional();
                for (Field field : schema.fields()) {
                    struct.field(AvroForm.trueName(field), original(field.schema()));
                }
                yield struct.build();
            }
            case ARRAY ->
                SchemaBuilder.array(original(schema.valueSchema())).optional().build();
            case MAP, BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, BYTES -> schema;
        };
    }
}
