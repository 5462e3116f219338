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

/** Bare JSON integers: the smallest BSON type that holds them exactly. */
final class Numbers {
    private Numbers() {}

    /** @throws NumberFormatException if no BSON type holds the number exactly */
    static BsonNumber integer(JsonParser tokens) throws IOException {
        return switch (tokens.getNumberType()) {
            case INT -> new BsonInt32(tokens.getIntValue());
            case LONG -> new BsonInt64(tokens.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> large(tokens.getBigIntegerValue());
        };
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
