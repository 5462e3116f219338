package dev.cdcdelta.smt.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as users write them in {@code schema.hints}. */
final class DeclaredType {
    static final String NAMES =
            "string, int, bigint, double, decimal(p,s), boolean, timestamp, binary, objectid, uuid, json,"
                    + " or array<one of these>";

    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.*)>");
    private static final Map<String, ScalarType> SCALARS = Map.ofEntries(
            Map.entry("string", ScalarType.STRING),
            Map.entry("int", ScalarType.INT32),
            Map.entry("bigint", ScalarType.INT64),
            Map.entry("double", ScalarType.DOUBLE),
            Map.entry("boolean", ScalarType.BOOLEAN),
            Map.entry("timestamp", ScalarType.DATE),
            Map.entry("binary", ScalarType.BINARY),
            Map.entry("objectid", ScalarType.OBJECT_ID),
            Map.entry("uuid", ScalarType.UUID),
            Map.entry("json", ScalarType.JSON));

    private DeclaredType() {}

    static Optional<FieldType> parse(String text) {
        String word = text.trim().toLowerCase(Locale.ROOT);
        Matcher array = ARRAY.matcher(word);
        if (array.matches()) {
            return parse(array.group(1)).map(ArrayType::new);
        }
        Optional<FieldType> decimal = decimal(word);
        return decimal.isPresent() ? decimal : Optional.ofNullable(SCALARS.get(word));
    }

    static Optional<FieldType> decimal(String word) {
        Matcher decimal = DECIMAL.matcher(word);
        if (!decimal.matches()) {
            return Optional.empty();
        }
        int precision = Integer.parseInt(decimal.group(1));
        int scale = Integer.parseInt(decimal.group(2));
        return precision >= 1 && precision <= 38 && scale <= precision
                ? Optional.of(new DecimalType(precision, scale))
                : Optional.empty();
    }
}
