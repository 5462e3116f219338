package dev.cdcdelta.smt.schema;

import java.util.List;

/** Documents with named fields, in the order in which they were first seen. Names are MongoDB's own. */
public record StructType(List<Field> fields) implements FieldType {
    public StructType {
        fields = List.copyOf(fields);
    }

    /** One named part of a document; every field may be absent. */
    public record Field(String name, FieldType type) {}
}
