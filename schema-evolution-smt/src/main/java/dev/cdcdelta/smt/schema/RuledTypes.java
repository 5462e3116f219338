package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Types of documents that somebody else has given one, held to the rules: declared types, and the limit of depth. */
public final class RuledTypes {
    private final SchemaRules rules;

    private RuledTypes(SchemaRules rules) {
        this.rules = rules;
    }

    /** The type, with a sidecar beside each declared field whose values may not all fit it. */
    public static StructType of(StructType type, SchemaRules rules) {
        return new RuledTypes(rules).struct(FieldPath.ROOT, type, 1);
    }

    private StructType struct(FieldPath path, StructType struct, int depth) {
        List<StructType.Field> fields = new ArrayList<>(struct.fields().size());
        Set<String> names = new HashSet<>();
        struct.fields().forEach(field -> names.add(field.name()));
        for (StructType.Field field : struct.fields()) {
            FieldPath fieldPath = path.field(field.name());
            Optional<FieldType> declared =
                    FieldNames.isOurs(field.name()) ? Optional.empty() : rules.declared(fieldPath);
            if (declared.isEmpty() || field.type().isVacant()) {
                boolean isIdentity = fieldPath.isIdentity();
                fields.add(
                        isIdentity ? field : new StructType.Field(field.name(), type(fieldPath, field.type(), depth)));
                continue;
            }
            FieldType type = declared.get();
            fields.add(new StructType.Field(field.name(), type));
            boolean fits = type == ScalarType.JSON
                    || type.equals(ScalarJoin.join(type, field.type()))
                    || type.equals(field.type());
            if (!fits
                    && names.add(FieldNames.sidecarOf(field.name()))
                    && !rules.policyOf(fieldPath).refuses()) {
                fields.add(new StructType.Field(FieldNames.sidecarOf(field.name()), ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    private FieldType type(FieldPath path, FieldType type, int depth) {
        boolean isTooDeep = depth >= rules.limits().depth();
        if (type instanceof StructType struct) {
            return isTooDeep ? ScalarType.JSON : struct(path, struct, depth + 1);
        }
        if (type instanceof ArrayType array) {
            return isTooDeep ? ScalarType.JSON : new ArrayType(type(path.elements(), array.element(), depth + 1));
        }
        return type;
    }
}
