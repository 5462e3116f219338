package dev.cdcdelta.admin.schema;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.Locale;

/** What a value is in MongoDB's words, without what documents hold: {@code int32}, {@code array<document>}. */
final class KindText {
    private KindText() {}

    static String of(FieldType type) {
        if (type instanceof StructType) {
            return "document";
        }
        if (type instanceof ArrayType array) {
            return "array<" + of(array.element()) + ">";
        }
        if (type instanceof DecimalType decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return type == ScalarType.NOTHING ? "null" : type.toString().toLowerCase(Locale.ROOT);
    }
}
