package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.FieldName;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldPath;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    private final SchemaRules anyField;
    private final Readiness readiness;

    private Writers(SchemaRules rules, Readiness readiness) {
        this.rules = rules;
        this.anyField = rules.ofAnyField();
        this.readiness = readiness;
    }

    static StructWriter document(StructType type, Schema schema, SchemaRules rules, Readiness readiness) {
        Writers writers = new Writers(rules, readiness);
        return writers.struct(
                type,
                schema,
                (field, fieldSchema) -> field.name().equals(FieldNames.ID)
                        ? writers.id(field.type(), fieldSchema)
                        : writers.field(FieldPath.of("", field.name()), field.type(), fieldSchema, 1));
    }

    /**
     * The writer of a named field.
     *
     * @param path of the field
     * @param depth of documents and arrays that it is within
     */
    private ValueWriter field(String path, FieldType type, @Nullable Schema schema, int depth) {
        Optional<FieldType> declared = rules.pinnedAt(path);
        if (declared.isEmpty() || !declared.get().equals(type)) {
            return value(path, type, schema, depth);
        }
        return new PinnedWriter(new DeclaredWriter(type, declared(type)));
    }

    /** Of a type that can be declared: one without fields. */
    private ValueWriter declared(FieldType type) {
        if (type instanceof ArrayType array) {
            return new ArrayWriter(declared(array.element()));
        }
        if (type instanceof DecimalType decimal) {
            return new DecimalWriter(decimal, true);
        }
        return type == ScalarType.JSON ? new TextWriter(false) : new ScalarWriter((ScalarType) type);
    }

    private ValueWriter value(String path, FieldType type, @Nullable Schema schema, int depth) {
        boolean isTooDeep = depth >= rules.limits().depth();
        if (type instanceof StructType struct) {
            StructWriter writer = struct(
                    struct,
                    schema == null ? NO_FIELDS : schema,
                    (field, fieldSchema) ->
                            field(FieldPath.of(path, field.name()), field.type(), fieldSchema, depth + 1));
            return isTooDeep && type.equals(ValueTypes.TIMESTAMP) ? new TimestampWriter(writer) : writer;
        }
        if (type instanceof ArrayType array) {
            Schema elementSchema = schema == null ? null : schema.valueSchema();
            return new ArrayWriter(value(path, array.element(), elementSchema, depth + 1));
        }
        if (type instanceof DecimalType decimal) {
            return inMode(new DecimalWriter(decimal, !(rules.decimals().type() instanceof DecimalType)));
        }
        if (type == ScalarType.JSON && isTooDeep) {
            return new DeepWriter();
        }
        return type == ScalarType.DECIMAL128
                ? new ScalarWriter(ScalarType.DECIMAL128)
                : inMode(new ScalarWriter((ScalarType) type));
    }

    private ValueWriter inMode(ValueWriter writer) {
        return rules.decimals().isText() ? writer : new DecimalModeWriter(rules.decimals(), writer);
    }

    private ValueWriter id(FieldType type, @Nullable Schema schema) {
        ValueWriter writer = new IdentityWriter(type, idValue(type, schema));
        return rules.pinnedAt(FieldNames.ID).isPresent() ? new PinnedWriter(writer) : writer;
    }

    private ValueWriter idValue(FieldType type, @Nullable Schema schema) {
        if (type == ScalarType.JSON) {
            return new TextWriter(true);
        }
        if (type instanceof StructType struct) {
            return struct(
                    struct,
                    schema == null ? NO_FIELDS : schema,
                    (field, fieldSchema) -> idValue(field.type(), fieldSchema));
        }
        return type instanceof DecimalType || type instanceof ArrayType
                ? declared(type)
                : new ScalarWriter((ScalarType) type);
    }

    private StructWriter struct(
            StructType type, Schema schema, BiFunction<StructType.Field, @Nullable Schema, ValueWriter> writer) {
        Map<String, Slot> slots = new LinkedHashMap<>();
        for (StructType.Field field : type.fields()) {
            if (FieldNames.isOurs(field.name())) {
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
        return new StructWriter(schema, new Slots(slots), schema.field(FieldNames.REST), readiness, anyField);
    }
}
