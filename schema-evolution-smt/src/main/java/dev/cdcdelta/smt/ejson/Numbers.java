package dev.cdcdelta.smt.ejson;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** JSON numbers: integers are of the smallest BSON type that holds them exactly, others doubles. */
final class Numbers {
    /** Any integer of so many digits is a double. */
    private static final int EXACT_DIGITS = 15;

    private static final int DECIMAL_DIGITS = 34;

    /** Numbers below one with more places may be written with an exponent. */
    private static final int PLAIN_PLACES = 6;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Numbers() {}

    /**
     * The number of the current token.
     *
     * @throws NumberFormatException if no BSON type holds it exactly
     */
    static BsonNumber integer(JsonParser tokens) throws IOException {
        return switch (tokens.getNumberType()) {
            case INT -> new BsonInt32(tokens.getIntValue());
            case LONG -> new BsonInt64(tokens.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> large(tokens.getBigIntegerValue());
        };
    }

    /**
     * The number of the current token, or NaN or an infinity by name.
     *
     * @throws NumberFormatException if it is beyond what doubles reach, or so near to zero that it would be zero
     */
    static BsonDouble fraction(JsonParser tokens) throws IOException {
        if (tokens.isNaN()) {
            return new BsonDouble(tokens.getDoubleValue());
        }
        String text = tokens.getText();
        Double value = toDouble(text.toCharArray(), 0, text.length());
        if (value == null) {
            throw new NumberFormatException();
        }
        return new BsonDouble(value);
    }

    /** The nearest double to a JSON number with a point or an exponent; null if it is infinite, or zero and the number is not. */
    static @Nullable Double toDouble(char[] text, int start, int end) {
        boolean negative = text[start] == '-';
        long digits = 0;
        int count = 0;
        int scale = 0;
        boolean behindPoint = false;
        for (int at = negative ? start + 1 : start; at < end; at++) {
            char c = text[at];
            if (c == '.') {
                behindPoint = true;
            } else if (c < '0' || c > '9' || count == EXACT_DIGITS) {
                return nearest(new String(text, start, end - start));
            } else {
                digits = digits * 10 + (c - '0');
                count += digits == 0 ? 0 : 1;
                scale += behindPoint ? 1 : 0;
            }
        }
        if (scale >= POWERS_OF_TEN.length) {
            return nearest(new String(text, start, end - start));
        }
        // Both are exact, so that the quotient is the nearest double.
        double value = digits / POWERS_OF_TEN[scale];
        return negative ? -value : value;
    }

    /** The double that a wrapper names; null if the text is none, or names one that doubles do not reach. */
    static @Nullable BsonDouble named(String text) {
        switch (text) {
            case "NaN":
                return new BsonDouble(Double.NaN);
            case "Infinity":
                return new BsonDouble(Double.POSITIVE_INFINITY);
            case "-Infinity":
                return new BsonDouble(Double.NEGATIVE_INFINITY);
            default:
                Double value = text.isEmpty() ? null : nearest(text);
                return value == null ? null : new BsonDouble(value);
        }
    }

    private static @Nullable Double nearest(String text) {
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) || (value == 0 && new BigDecimal(text).signum() != 0) ? null : (Double) value;
    }

    /** Whether Decimal128 writes the JSON number just like that. */
    static boolean isCanonicalDecimal(char[] text, int start, int end) {
        int first = text[start] == '-' ? start + 1 : start;
        int point = end;
        for (int at = first; at < end; at++) {
            if (text[at] == '.') {
                point = at;
            } else if (text[at] < '0' || text[at] > '9') {
                return false;
            }
        }
        boolean isPlain = text[first] != '0' || end - point <= PLAIN_PLACES + 1;
        return isPlain && end - first <= DECIMAL_DIGITS;
    }

    private static BsonNumber large(BigInteger value) {
        double nearest = value.doubleValue();
        BigDecimal exact = new BigDecimal(value);
        if (!Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(exact) == 0) {
            return new BsonDouble(nearest);
        }
        return new BsonDecimal128(new Decimal128(exact));
    }
}
