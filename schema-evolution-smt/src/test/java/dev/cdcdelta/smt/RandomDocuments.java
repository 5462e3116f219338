package dev.cdcdelta.smt;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Documents of all BSON types, with few field names, so that they agree and disagree often. */
public final class RandomDocuments {
    private static final int SCALARS = 20;
    private static final List<String> NAMES =
            List.of("a", "b", "c", "a__json", "a__json_", "b.c", "ü€😀", "time", "", "_");
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "5",
            "\"quoted\\\"",
            "line\nbreak\ttab\r",
            "\u0000\u0001\u001f\u007f\u2028",
            "ü€😀",
            "{\"$oid\":1}");
    private static final List<Double> DOUBLES = List.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.0,
            1.0,
            0.1,
            1e300,
            Double.MIN_VALUE);

    private final Random random;
    private final boolean withPointers;

    public RandomDocuments(Random random) {
        this(random, true);
    }

    /** @param withPointers whether there are DBPointers, whose type only canonical extended JSON keeps */
    public RandomDocuments(Random random, boolean withPointers) {
        this.random = random;
        this.withPointers = withPointers;
    }

    public BsonDocument document(int depth) {
        BsonDocument document = new BsonDocument();
        for (int fields = random.nextInt(5); fields > 0; fields--) {
            document.put(pick(NAMES), value(depth));
        }
        return document;
    }

    public BsonValue value(int depth) {
        int kind = random.nextInt(depth > 0 ? SCALARS + 8 : SCALARS);
        if (kind < SCALARS) {
            return scalar(kind);
        }
        return kind % 2 == 0 ? document(depth - 1) : array(depth - 1);
    }

    private BsonArray array(int depth) {
        BsonArray array = new BsonArray();
        boolean isUniform = random.nextBoolean();
        int kind = random.nextInt(SCALARS);
        for (int elements = random.nextInt(4); elements > 0; elements--) {
            array.add(isUniform ? scalar(kind) : value(depth));
        }
        return array;
    }

    private BsonValue scalar(int kind) {
        return switch (kind) {
            case 0 -> new BsonObjectId(new ObjectId(random.nextInt(1 << 24), random.nextInt(1 << 24)));
            case 1 -> new BsonString(pick(TEXTS));
            case 2 -> new BsonInt32(random.nextBoolean() ? random.nextInt() : random.nextInt(3));
            case 3 -> new BsonInt64(random.nextBoolean() ? random.nextLong() : random.nextInt(3));
            case 4 -> new BsonDouble(random.nextBoolean() ? pick(DOUBLES) : random.nextGaussian() * 1e6);
            case 5 -> new BsonDecimal128(decimal());
            case 6 -> BsonBoolean.valueOf(random.nextBoolean());
            case 7 -> new BsonDateTime(random.nextInt(8) == 0 ? random.nextLong() : random.nextInt() * 1000L);
            case 8 -> new BsonTimestamp(random.nextInt(), random.nextInt());
            case 9 -> new BsonBinary((byte) random.nextInt(6), bytes(random.nextBoolean() ? 16 : random.nextInt(20)));
            case 10 -> BsonNull.VALUE;
            case 11 -> new BsonUndefined();
            case 12 -> new BsonRegularExpression(pick(TEXTS).replace("\u0000", ""), "im");
            case 13 ->
                withPointers
                        ? new BsonDbPointer("db.collection", new ObjectId(random.nextInt(1 << 24), 7))
                        : BsonNull.VALUE;
            case 14 -> new BsonMinKey();
            case 15 -> new BsonMaxKey();
            case 16 -> new BsonJavaScript("function() {}");
            case 17 -> new BsonJavaScriptWithScope("x", new BsonDocument("x", new BsonInt64(1)));
            case 18 -> new BsonSymbol(pick(TEXTS));
            default -> new BsonBinary((byte) 4, bytes(16));
        };
    }

    private Decimal128 decimal() {
        return switch (random.nextInt(6)) {
            case 0 -> Decimal128.NaN;
            case 1 -> Decimal128.NEGATIVE_INFINITY;
            case 2 -> Decimal128.parse("-0E+3");
            case 3 -> Decimal128.parse("1E+6000");
            default -> new Decimal128(new BigDecimal(new BigInteger(100, random), random.nextInt(40) - 20));
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
