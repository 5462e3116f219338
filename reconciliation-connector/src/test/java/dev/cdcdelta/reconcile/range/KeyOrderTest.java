package dev.cdcdelta.reconcile.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    /** As MongoDB 8.0's documentation lists the types, with what is known of values within them. */
    private static final List<BsonValue> RISING = List.of(
            new BsonMinKey(),
            BsonNull.VALUE,
            new BsonDouble(Double.NaN),
            new BsonDouble(Double.NEGATIVE_INFINITY),
            new BsonDecimal128(Decimal128.parse("-1E+6000")),
            new BsonDouble(-1e300),
            new BsonInt64(Long.MIN_VALUE),
            new BsonDouble(-0.5),
            new BsonInt32(0),
            new BsonDecimal128(Decimal128.parse("0.1")),
            new BsonDouble(0.1),
            new BsonInt32(5),
            new BsonDouble(9007199254740992.0),
            new BsonInt64(9007199254740993L),
            new BsonDouble(Double.POSITIVE_INFINITY),
            new BsonString(""),
            new BsonString("A"),
            new BsonString("a"),
            new BsonSymbol("b"),
            new BsonString("\uffee"),
            new BsonString("\ud83d\ude00"),
            new BsonDocument(),
            new BsonDocument("b", new BsonInt32(1)),
            new BsonDocument("b", new BsonInt32(1)).append("c", new BsonInt32(0)),
            new BsonDocument("a", new BsonString("x")),
            new BsonArray(List.of(new BsonInt32(1))),
            new BsonArray(List.of(new BsonInt32(1), new BsonInt32(0))),
            new BsonBinary(new byte[] {(byte) 0xff}),
            new BsonBinary(new byte[] {0, 0}),
            new BsonBinary((byte) 4, new byte[] {0, 0}),
            new BsonObjectId(new ObjectId("000000000000000000000001")),
            new BsonObjectId(new ObjectId("ff0000000000000000000001")),
            BsonBoolean.FALSE,
            BsonBoolean.TRUE,
            new BsonDateTime(-5),
            new BsonDateTime(5),
            new BsonTimestamp(1, 2),
            new BsonTimestamp(0xf0000000, 1),
            new BsonRegularExpression("a", "i"),
            new BsonMaxKey());

    @Test
    void valuesOfAllTypesStandInMongoDbsOrder() {
        for (int i = 0; i < RISING.size(); i++) {
            for (int j = 0; j < RISING.size(); j++) {
                assertThat(Integer.signum(KeyOrder.ASCENDING.compare(RISING.get(i), RISING.get(j))))
                        .as("%s and %s", RISING.get(i), RISING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void equalNumbersOfAllTypesAreOneKey() {
        List<BsonValue> fives = List.of(
                new BsonInt32(5), new BsonInt64(5), new BsonDouble(5), new BsonDecimal128(Decimal128.parse("5.00")));
        assertThat(fives)
                .allMatch(five -> fives.stream().allMatch(other -> KeyOrder.ASCENDING.compare(five, other) == 0));
        assertThat(KeyOrder.ASCENDING.compare(new BsonDouble(-0.0), new BsonDecimal128(Decimal128.NEGATIVE_ZERO)))
                .isZero();
    }

    @Test
    void everyKeyIsInTheRangeThatItsPlanGivesIt() {
        Random random = Seed.random(this);
        for (int round = 0; round < 200; round++) {
            List<BsonValue> bounds = new ArrayList<>();
            for (BsonValue value : RISING) {
                if (random.nextInt(3) == 0) {
                    bounds.add(value);
                }
            }
            RangePlan plan = new RangePlan(bounds);
            List<BsonValue> keys = new ArrayList<>(RISING);
            Collections.shuffle(keys, random);
            for (BsonValue key : keys) {
                KeyRange range = plan.range(plan.indexOf(key));
                assertThat(range.from().stream()).allMatch(from -> KeyOrder.ASCENDING.compare(from, key) <= 0);
                assertThat(range.to().stream()).allMatch(to -> KeyOrder.ASCENDING.compare(key, to) < 0);
            }
        }
    }
}
