package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.FieldName;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.LinkedHashMap;
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

    private final SchemaRules rules;

    private Writers(SchemaRules rules) {
        this.rules = rules;
    }

    static StructWriter document(StructType type, Schema schema, SchemaRules rules) {
        Writers writers = new Writers(rules);
        return struct(
                type,
                schema,
                (field, fieldSchema) -> field.name().equals(FieldNames.ID)
                        ? writers.id(field.type(), fieldSchema)
                        : writers.field(field.name(), field.type(), fieldSchema));
    }

    /** @param path of the field */
    private ValueWriter field(String path, FieldType type, @Nullable Schema schema) {
        if (rules.pinnedAt(path).isEmpty()) {
            return value(path, type, schema);
        }
        return new PinnedWriter(type == ScalarType.JSON ? new TextWriter(false) : value(path, type, schema));
    }

    private ValueWriter value(String path, FieldType type, @Nullable Schema schema) {
        if (type instanceof StructType struct) {
            return struct(
                    struct,
                    schema == null ? NO_FIELDS : schema,
                    (field, fieldSchema) -> field(path + "." + field.name(), field.type(), fieldSchema));
        }
        if (type instanceof ArrayType array) {
            return new ArrayWriter(value(path, array.element(), schema == null ? null : schema.valueSchema()));
        }
        return type instanceof DecimalType decimal ? new DecimalWriter(decimal) : new ScalarWriter((ScalarType) type);
    }

    private ValueWriter id(FieldType type, @Nullable Schema schema) {
        ValueWriter writer = new IdentityWriter(type, idValue(type, schema));
        return rules.pinnedAt(FieldNames.ID).isPresent() ? new PinnedWriter(writer) : writer;
    }

    private ValueWriter idValue(FieldType type, @Nullable Schema schema) {
        if (type == ScalarType.JSON) {
            return new TextWriter(true);
        }
        return type instanceof StructType struct && schema != null
                ? struct(struct, schema, (field, fieldSchema) -> idValue(field.type(), fieldSchema))
                : value(FieldNames.ID, type, schema);
    }

    private static StructWriter struct(
            StructType type, Schema schema, BiFunction<StructType.Field, @Nullable Schema, ValueWriter> writer) {
        Map<String, Slot> slots = new LinkedHashMap<>();
        for (StructType.Field field : type.fields()) {
            if (FieldNames.isSidecar(field.name())) {
                continue;
            }
            Field target = schema.field(field.name());
            String name = FieldNames.toDocument(field.name());
            slots.put(
                    name,
                    new Slot(
                            slots.size(),
                            new FieldName(name),
                            field.type(),
                            writer.apply(field, target == null ? null : target.schema()),
                            target,
                            schema.field(FieldNames.sidecarOf(field.name()))));
        }
        return new StructWriter(schema, new Slots(slots));
    }
}
