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

/** Plans, once per type, how its values are written. */
final class Writers {
    private final SchemaRules rules;
    private final SchemaRules anyField;
    private final Readiness readiness;

    private Writers(SchemaRules rules, Readiness readiness) {
        this.rules = rules;
        this.anyField = rules.ofAnyField();
        this.readiness = readiness;
    }

    static StructWriter document(StructType type, Places places, SchemaRules rules, Readiness readiness) {
        Writers writers = new Writers(rules, readiness);
        return writers.struct(
                type,
                places,
                (field, within) -> field.name().equals(FieldNames.ID)
                        ? writers.id(field.type(), within)
                        : writers.field(FieldPath.of("", field.name()), field.type(), within, 1));
    }

    /**
     * The writer of a named field.
     *
     * @param path of the field
     * @param depth of documents and arrays that it is within
     */
    private ValueWriter field(String path, FieldType type, Places places, int depth) {
        Optional<FieldType> declared = rules.pinnedAt(path);
        if (declared.isEmpty() || !declared.get().equals(type)) {
            return value(path, type, places, depth);
        }
        return new PinnedWriter(new DeclaredWriter(type, declared(type, places)));
    }

    /** Of a type that can be declared: one without fields. */
    private static ValueWriter declared(FieldType type, Places places) {
        if (type instanceof ArrayType array) {
            return new ArrayWriter(declared(array.element(), places));
        }
        if (type instanceof DecimalType decimal) {
            return places.fitted(new DecimalWriter(decimal, true));
        }
        return places.fitted(type == ScalarType.JSON ? new TextWriter(false) : new ScalarWriter((ScalarType) type));
    }

    private ValueWriter value(String path, FieldType type, Places places, int depth) {
        boolean isTooDeep = depth >= rules.limits().depth();
        if (type instanceof StructType struct) {
            StructWriter writer = struct(
                    struct,
                    places,
                    (field, within) -> field(FieldPath.of(path, field.name()), field.type(), within, depth + 1));
            return isTooDeep && type.equals(ValueTypes.TIMESTAMP) ? new TimestampWriter(writer) : writer;
        }
        if (type instanceof ArrayType array) {
            return new ArrayWriter(value(path, array.element(), places, depth + 1));
        }
        if (type instanceof DecimalType decimal) {
            return inMode(
                    places.fitted(new DecimalWriter(decimal, !(rules.decimals().type() instanceof DecimalType))));
        }
        if (type == ScalarType.JSON && isTooDeep) {
            return places.fitted(new DeepWriter());
        }
        ValueWriter scalar = places.fitted(new ScalarWriter((ScalarType) type));
        return type == ScalarType.DECIMAL128 ? scalar : inMode(scalar);
    }

    private ValueWriter inMode(ValueWriter writer) {
        return rules.decimals().isText() ? writer : new DecimalModeWriter(rules.decimals(), writer);
    }

    private ValueWriter id(FieldType type, Places places) {
        ValueWriter writer = new IdentityWriter(type, idValue(type, places));
        return rules.pinnedAt(FieldNames.ID).isPresent() ? new PinnedWriter(writer) : writer;
    }

    private ValueWriter idValue(FieldType type, Places places) {
        if (type == ScalarType.JSON) {
            return places.fitted(new TextWriter(true));
        }
        if (type instanceof StructType struct) {
            return struct(struct, places, (field, within) -> idValue(field.type(), within));
        }
        return type instanceof DecimalType || type instanceof ArrayType
                ? declared(type, places)
                : places.fitted(new ScalarWriter((ScalarType) type));
    }

    private StructWriter struct(
            StructType type, Places places, BiFunction<StructType.Field, Places, ValueWriter> writer) {
        Map<String, Slot> slots = new LinkedHashMap<>();
        for (StructType.Field field : type.fields()) {
            if (FieldNames.isOurs(field.name())) {
                continue;
            }
            String name = FieldNames.toDocument(field.name());
            slots.put(
                    name,
                    new Slot(
                            slots.size(),
                            new FieldName(name),
                            field.type(),
                            writer.apply(field, places.within(field.name())),
                            places.of(field),
                            places.besides(field.name())));
        }
        return new StructWriter(places, new Slots(slots), places.rest(), readiness, anyField);
    }
}
