package dev.cdcdelta.smt.schema;

import java.util.Locale;
import java.util.stream.Collectors;

/** Types as messages name them: {@code array<struct<a: int32>>}. */
final class TypeNames {
    private TypeNames() {}

    static String of(FieldType type) {
        if (type instanceof StructType struct) {
            return struct.fields().stream()
                    .map(field -> field.name() + ": " + of(field.type()))
                    .collect(Collectors.joining(", ", "struct<", ">"));
        }
        if (type instanceof ArrayType array) {
            return "array<" + of(array.element()) + ">";
        }
        if (type instanceof DecimalType decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return type.toString().toLowerCase(Locale.ROOT);
    }
}
