package dev.cdcdelta.smt.schema;

import java.util.List;
import java.util.Optional;

/** Documents with named fields, in the order in which they were first seen. Names are MongoDB's own. */
public record StructType(List<Field> fields) implements FieldType {
    public StructType {
        fields = List.copyOf(fields);
    }

    /** The field of that name. */
    public Optional<Field> field(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isVacant() {
        for (Field field : fields) {
            if (!field.type().isVacant()) {
                return false;
            }
        }
        return true;
    }

    /** One named part of a document; every field may be absent. */
    public record Field(String name, FieldType type) {}
}
