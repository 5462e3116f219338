package dev.cdcdelta.admin.output;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forms of one value. */
final class Cell {
    private Cell() {}

    /**
     * The value as JSON can hold it without loss: integers of up to 64 bits and finite doubles stay numbers (a double in its
     * shortest text that reads back to itself); larger integers and decimals become strings with all their digits; NaN and the
     * infinities {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}; instants ISO 8601 in UTC with as many digits as they have;
     * bytes base64.
     */
    static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? value : value.toString();
        }
        if (value instanceof BigInteger || value instanceof BigDecimal) {
            return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        }
        if (value instanceof Number) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof List<?> list) {
            var plain = new ArrayList<@Nullable Object>(list.size());
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((name, element) -> plain.put(String.valueOf(name), plain(element)));
            return plain;
        }
        return value instanceof Instant ? value.toString() : String.valueOf(value);
    }

    /** One line of text; containers as compact JSON, null as {@code null}. */
    static String text(@Nullable Object value) {
        Object plain = plain(value);
        if (plain instanceof List || plain instanceof Map) {
            return JsonText.compact(plain);
        }
        return String.valueOf(plain);
    }
}
