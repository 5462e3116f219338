package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a merge of types comes to where columns keep the types they have: wider values go beside them, if the policy lets them. */
record KeptTypes(SchemaRules rules) {
    StructType keep(StructType current, StructType merged) {
        return keep("", current, merged);
    }

    private StructType keep(String parent, StructType current, StructType merged) {
        Set<String> names = new HashSet<>();
        merged.fields().forEach(field -> names.add(field.name()));
        List<StructType.Field> fields = new ArrayList<>();
        for (StructType.Field field : merged.fields()) {
            Optional<StructType.Field> before = current.field(field.name());
            if (before.isEmpty() || before.get().type().isVacant()) {
                fields.add(field);
                continue;
            }
            FieldType type = before.get().type();
            String path = parent.isEmpty() ? field.name() : parent + "." + field.name();
            // An _id fits its column as a whole or not at all: one with sidecars inside would be another _id.
            boolean isIdentity = parent.isEmpty() && field.name().equals(FieldNames.ID);
            boolean isSplit = isIdentity ? !type.equals(field.type()) : isWidened(type, field.type());
            fields.add(new StructType.Field(field.name(), isIdentity ? type : keepType(path, type, field.type())));
            String sidecar = FieldNames.sidecarOf(field.name());
            if (!rules.policyAt(path).refuses() && isSplit && names.add(sidecar)) {
                fields.add(new StructType.Field(sidecar, ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    private FieldType keepType(String path, FieldType before, FieldType after) {
        if (before instanceof StructType current && after instanceof StructType merged) {
            return keep(path, current, merged);
        }
        if (before instanceof ArrayType current && after instanceof ArrayType merged) {
            return new ArrayType(keepType(path, current.element(), merged.element()));
        }
        return isWidened(before, after) ? before : after;
    }

    private static boolean isWidened(FieldType before, FieldType after) {
        if (before instanceof StructType && after instanceof StructType) {
            return false;
        }
        if (before instanceof ArrayType current && after instanceof ArrayType merged) {
            return isWidened(current.element(), merged.element());
        }
        // Texts of all kinds share one column type.
        return !before.equals(after) && after != ScalarType.STRING;
    }
}
