package dev.cdcdelta.smt.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as users declare them, in Delta's words. */
final class DeclaredType {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.+)>");

    private DeclaredType() {}

    /** @throws IllegalArgumentException if there is no such type */
    static FieldType of(String text) {
        String name = text.toLowerCase(Locale.ROOT).replace(" ", "");
        Matcher array = ARRAY.matcher(name);
        if (array.matches()) {
            return new ArrayType(of(array.group(1)));
        }
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (name) {
            case "boolean" -> ScalarType.BOOLEAN;
            case "int", "integer" -> ScalarType.INT32;
            case "bigint", "long" -> ScalarType.INT64;
            case "double" -> ScalarType.DOUBLE;
            case "string" -> ScalarType.STRING;
            case "objectid" -> ScalarType.OBJECT_ID;
            case "uuid" -> ScalarType.UUID;
            case "binary" -> ScalarType.BINARY;
            case "timestamp" -> ScalarType.DATE;
            case "json" -> ScalarType.JSON;
            default ->
                throw new IllegalArgumentException("'" + text
                        + "' is none of boolean, int, bigint, double, decimal(p,s), string, objectid, uuid, binary, timestamp,"
                        + " json and array<…> of these");
        };
    }
}
