package dev.cdcdelta.reconcile.range;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * MongoDB's order of values of all types in an index without collation: by the rank of their type first, all numbers being of one
 * (<a href="https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/">comparison order</a>).
 */
public final class KeyOrder implements Comparator<BsonValue> {
    public static final KeyOrder ASCENDING = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(BsonValue left, BsonValue right) {
        int rank = Integer.compare(rank(left), rank(right));
        return rank != 0 ? rank : sameRank(left, right);
    }

    private static int rank(BsonValue value) {
        return switch (value.getBsonType()) {
            case MIN_KEY -> 0;
            case UNDEFINED -> 1;
            case NULL -> 2;
            case INT32, INT64, DOUBLE, DECIMAL128 -> 3;
            case STRING, SYMBOL -> 4;
            case DOCUMENT -> 5;
            case ARRAY -> 6;
            case BINARY -> 7;
            case OBJECT_ID -> 8;
            case BOOLEAN -> 9;
            case DATE_TIME -> 10;
            case TIMESTAMP -> 11;
            case REGULAR_EXPRESSION -> 12;
            case DB_POINTER -> 13;
            case JAVASCRIPT -> 14;
            case JAVASCRIPT_WITH_SCOPE -> 15;
            case MAX_KEY -> 16;
            case END_OF_DOCUMENT -> throw new IllegalArgumentException("the end of a document is no value");
        };
    }

    private int sameRank(BsonValue left, BsonValue right) {
        return switch (left.getBsonType()) {
            case INT32, INT64, DOUBLE, DECIMAL128 -> numbers(left, right);
            case STRING, SYMBOL -> texts(text(left), text(right));
            case DOCUMENT -> documents(left.asDocument(), right.asDocument());
            case ARRAY -> arrays(left.asArray().getValues(), right.asArray().getValues());
            case BINARY -> binaries(left.asBinary(), right.asBinary());
            case OBJECT_ID -> left.asObjectId().compareTo(right.asObjectId());
            case BOOLEAN ->
                Boolean.compare(left.asBoolean().getValue(), right.asBoolean().getValue());
            case DATE_TIME ->
                Long.compare(left.asDateTime().getValue(), right.asDateTime().getValue());
            case TIMESTAMP ->
                Long.compareUnsigned(
                        left.asTimestamp().getValue(), right.asTimestamp().getValue());
            case REGULAR_EXPRESSION -> expressions(left.asRegularExpression(), right.asRegularExpression());
            case DB_POINTER -> {
                int namespace = texts(
                        left.asDBPointer().getNamespace(), right.asDBPointer().getNamespace());
                yield namespace != 0
                        ? namespace
                        : left.asDBPointer()
                                .getId()
                                .compareTo(right.asDBPointer().getId());
            }
            case JAVASCRIPT ->
                texts(left.asJavaScript().getCode(), right.asJavaScript().getCode());
            case JAVASCRIPT_WITH_SCOPE -> codes(left.asJavaScriptWithScope(), right.asJavaScriptWithScope());
            case MIN_KEY, UNDEFINED, NULL, MAX_KEY -> 0;
            case END_OF_DOCUMENT -> throw new IllegalArgumentException("the end of a document is no value");
        };
    }

    private static String text(BsonValue value) {
        return value.isString() ? value.asString().getValue() : value.asSymbol().getSymbol();
    }

    private static int texts(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** NaN comes before all other numbers; what is no integer is compared exactly. */
    private static int numbers(BsonValue left, BsonValue right) {
        if (isInteger(left) && isInteger(right)) {
            return Long.compare(left.asNumber().longValue(), right.asNumber().longValue());
        }
        int special = Integer.compare(infinity(left), infinity(right));
        return special != 0 || infinity(left) != 0 ? special : exact(left).compareTo(exact(right));
    }

    private static boolean isInteger(BsonValue value) {
        return value.isInt32() || value.isInt64();
    }

    /** -2 for NaN, -1 and 1 for the infinities, 0 for all others. */
    private static int infinity(BsonValue value) {
        double number = isInteger(value) ? 0 : approximation(value);
        if (Double.isNaN(number)) {
            return -2;
        }
        boolean infinite =
                value.isDecimal128() ? value.asDecimal128().getValue().isInfinite() : Double.isInfinite(number);
        return infinite ? (number > 0 ? 1 : -1) : 0;
    }

    private static double approximation(BsonValue value) {
        if (value.isDecimal128()) {
            Decimal128 decimal = value.asDecimal128().getValue();
            return decimal.isNaN() ? Double.NaN : decimal.isNegative() ? -1 : 1;
        }
        return value.asDouble().getValue();
    }

    private static BigDecimal exact(BsonValue value) {
        if (isInteger(value)) {
            return BigDecimal.valueOf(value.asNumber().longValue());
        }
        if (value.isDouble()) {
            return new BigDecimal(value.asDouble().getValue());
        }
        Decimal128 decimal = value.asDecimal128().getValue();
        return decimal.equals(Decimal128.NEGATIVE_ZERO) || decimal.doubleValue() == 0 && decimal.isNegative()
                ? nearZero(decimal)
                : decimal.bigDecimalValue();
    }

    /** Java has no negative zero; a tiny negative number is none. */
    private static BigDecimal nearZero(Decimal128 decimal) {
        try {
            return decimal.bigDecimalValue();
        } catch (ArithmeticException negativeZero) {
            return BigDecimal.ZERO;
        }
    }

    /** Type, name, value, field by field; of one that begins like the other, the shorter comes first. */
    private int documents(BsonDocument left, BsonDocument right) {
        Iterator<Map.Entry<String, BsonValue>> ours = left.entrySet().iterator();
        Iterator<Map.Entry<String, BsonValue>> theirs = right.entrySet().iterator();
        while (ours.hasNext() && theirs.hasNext()) {
            Map.Entry<String, BsonValue> one = ours.next();
            Map.Entry<String, BsonValue> other = theirs.next();
            int order = Integer.compare(rank(one.getValue()), rank(other.getValue()));
            order = order != 0 ? order : texts(one.getKey(), other.getKey());
            order = order != 0 ? order : sameRank(one.getValue(), other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(ours.hasNext(), theirs.hasNext());
    }

    private int arrays(List<BsonValue> left, List<BsonValue> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int binaries(BsonBinary left, BsonBinary right) {
        int order = Integer.compare(left.getData().length, right.getData().length);
        order = order != 0 ? order : Integer.compare(left.getType() & 0xff, right.getType() & 0xff);
        return order != 0 ? order : Arrays.compareUnsigned(left.getData(), right.getData());
    }

    private static int expressions(BsonRegularExpression left, BsonRegularExpression right) {
        int pattern = texts(left.getPattern(), right.getPattern());
        return pattern != 0 ? pattern : texts(left.getOptions(), right.getOptions());
    }

    private int codes(BsonJavaScriptWithScope left, BsonJavaScriptWithScope right) {
        int code = texts(left.getCode(), right.getCode());
        return code != 0 ? code : documents(left.getScope(), right.getScope());
    }
}
