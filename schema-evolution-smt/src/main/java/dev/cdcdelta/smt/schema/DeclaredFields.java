package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Types of documents that came typed already, with the types in their places that rules declare. */
public final class DeclaredFields {
    private final SchemaRules rules;

    private DeclaredFields(SchemaRules rules) {
        this.rules = rules;
    }

    /**
     * The type with the declared types in it, and sidecars for fields whose values these may not hold.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if they may not and the policy refuses that
     */
    public static StructType of(StructType type, SchemaRules rules) {
        return new DeclaredFields(rules).struct("", type);
    }

    private StructType struct(String path, StructType type) {
        List<StructType.Field> fields = new ArrayList<>(type.fields().size());
        Set<String> names = new HashSet<>();
        type.fields().forEach(field -> names.add(field.name()));
        for (StructType.Field field : type.fields()) {
            String fieldPath = FieldPath.of(path, field.name());
            Optional<FieldType> pinned = FieldNames.isOurs(field.name()) ? Optional.empty() : rules.pinnedAt(fieldPath);
            if (pinned.isEmpty() || field.type().isVacant()) {
                fields.add(new StructType.Field(field.name(), parts(fieldPath, field.type())));
                continue;
            }
            FieldType declared = pinned.get();
            fields.add(new StructType.Field(field.name(), declared));
            if (!holds(declared, field.type())) {
                ConflictPolicy policy = rules.policyAt(fieldPath);
                if (policy.refuses()) {
                    throw TypeConflict.refused(policy, fieldPath, declared, field.type());
                }
                if (names.add(FieldNames.sidecarOf(field.name()))) {
                    fields.add(new StructType.Field(FieldNames.sidecarOf(field.name()), ScalarType.JSON));
                }
            }
        }
        return fields.equals(type.fields()) ? type : new StructType(fields);
    }

    private FieldType parts(String path, FieldType type) {
        if (type instanceof StructType struct) {
            return struct(path, struct);
        }
        return type instanceof ArrayType array ? new ArrayType(parts(path, array.element())) : type;
    }

    private static boolean holds(FieldType declared, FieldType type) {
        if (declared == ScalarType.JSON || type.isVacant()) {
            return true;
        }
        if (declared instanceof ArrayType one && type instanceof ArrayType two) {
            return holds(one.element(), two.element());
        }
        return declared.equals(type) || declared.equals(ScalarJoin.join(declared, type));
    }
}
