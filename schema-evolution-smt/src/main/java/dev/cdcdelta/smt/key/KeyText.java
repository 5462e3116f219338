package dev.cdcdelta.smt.key;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.math.BigDecimal;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonNumber;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Extended JSON in which equal keys have equal text: numbers by value, symbols as strings, all else canonical. */
final class KeyText {
    private KeyText() {}

    static void append(StringBuilder text, BsonValue value) {
        if (value instanceof BsonInt32 || value instanceof BsonInt64) {
            text.append(((BsonNumber) value).longValue());
        } else if (value instanceof BsonDocument document) {
            appendDocument(text, document);
        } else if (value instanceof BsonArray array) {
            appendArray(text, array);
        } else if (value instanceof BsonSymbol symbol) {
            ExtendedJson.appendString(text, symbol.getSymbol());
        } else if (value instanceof BsonJavaScriptWithScope code) {
            ExtendedJson.appendString(text.append("{\"$code\":"), code.getCode());
            appendDocument(text.append(",\"$scope\":"), code.getScope());
            text.append('}');
        } else if (value.isDouble()) {
            appendDouble(text, value.asDouble().getValue());
        } else if (value.isDecimal128()) {
            appendDecimal128(text, value.asDecimal128().getValue());
        } else {
            ExtendedJson.append(text, value);
        }
    }

    private static void appendDocument(StringBuilder text, BsonDocument document) {
        char separator = '{';
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            appendName(text.append(separator), field.getKey());
            append(text, field.getValue());
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    static void appendName(StringBuilder text, String name) {
        ExtendedJson.appendString(text, name);
        text.append(':');
    }

    private static void appendArray(StringBuilder text, BsonArray array) {
        char separator = '[';
        for (BsonValue element : array) {
            append(text.append(separator), element);
            separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
    }

    static void appendDouble(StringBuilder text, double value) {
        long whole = (long) value;
        if (whole == value && whole != Long.MAX_VALUE) {
            text.append(whole);
        } else if (Double.isFinite(value)) {
            appendDecimal(text, new BigDecimal(value));
        } else {
            appendSpecial(text, Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    private static void appendDecimal128(StringBuilder text, Decimal128 value) {
        if (value.isNaN()) {
            appendSpecial(text, "NaN");
        } else if (value.isInfinite()) {
            appendSpecial(text, value.isNegative() ? "-Infinity" : "Infinity");
        } else {
            appendDecimal(text, exact(value));
        }
    }

    private static BigDecimal exact(Decimal128 value) {
        try {
            return value.bigDecimalValue();
        } catch (ArithmeticException negativeZero) {
            return BigDecimal.ZERO;
        }
    }

    private static void appendSpecial(StringBuilder text, String name) {
        text.append("{\"$numberDouble\":\"").append(name).append("\"}");
    }

    /** A number that a long or a double holds exactly is a bare number, so that it reads back as that; others are wrapped. */
    static void appendDecimal(StringBuilder text, BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 19) {
            text.append(stripped.toPlainString());
            return;
        }
        double nearest = stripped.doubleValue();
        if (Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(stripped) == 0) {
            text.append(stripped);
        } else {
            text.append("{\"$numberDecimal\":\"").append(stripped).append("\"}");
        }
    }
}
