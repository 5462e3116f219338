package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Plans, once per type, how its values are written. */
final class Writers {
    /** Stands for the schema of vacant types, whose writers write nothing but empty containers and nulls. */
    private static final Schema NO_FIELDS = SchemaBuilder.struct().optional().build();

    private final StructWriter.Readiness readiness;

    private Writers(StructWriter.Readiness readiness) {
        this.readiness = readiness;
    }

    static StructWriter document(StructType type, Schema schema, StructWriter.Readiness readiness) {
        return new Writers(readiness).document(type, schema);
    }

    private StructWriter document(StructType type, Schema schema) {
        return struct(
                type,
                schema,
                (field, fieldSchema) -> field.name().equals(FieldNames.ID)
                        ? id(field.type(), fieldSchema)
                        : value(field.type(), fieldSchema));
    }

    private ValueWriter value(FieldType type, @Nullable Schema schema) {
        if (type instanceof StructType struct) {
            return struct(
                    struct,
                    schema == null ? NO_FIELDS : schema,
                    (field, fieldSchema) -> value(field.type(), fieldSchema));
        }
        if (type instanceof ArrayType array) {
            return new ArrayWriter(value(array.element(), schema == null ? null : schema.valueSchema()));
        }
        return type instanceof DecimalType decimal ? new DecimalWriter(decimal) : new ScalarWriter((ScalarType) type);
    }

    private ValueWriter id(FieldType type, @Nullable Schema schema) {
        return new IdentityWriter(type, idValue(type, schema));
    }

    private ValueWriter idValue(FieldType type, @Nullable Schema schema) {
        if (type == ScalarType.JSON) {
            return new IdentityWriter.Text();
        }
        return type instanceof StructType struct && schema != null
                ? struct(struct, schema, (field, fieldSchema) -> idValue(field.type(), fieldSchema))
                : value(type, schema);
    }

    private StructWriter struct(
            StructType type, Schema schema, BiFunction<StructType.Field, @Nullable Schema, ValueWriter> writer) {
        Map<String, StructWriter.Slot> slots = new HashMap<>();
        for (StructType.Field field : type.fields()) {
            if (FieldNames.isOurs(field.name())) {
                continue;
            }
            Field target = schema.field(field.name());
            slots.put(
                    FieldNames.toDocument(field.name()),
                    new StructWriter.Slot(
                            field.type(),
                            writer.apply(field, target == null ? null : target.schema()),
                            target,
                            schema.field(FieldNames.sidecarOf(field.name()))));
        }
        return new StructWriter(schema, slots, schema.field(FieldNames.REST), readiness);
    }
}
