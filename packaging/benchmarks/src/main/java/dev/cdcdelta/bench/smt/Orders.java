package dev.cdcdelta.bench.smt;

import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Orders of a shop: twenty fields, documents within them and an array of documents, 1.2 KB as Debezium writes them. */
final class Orders {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String[] STATES = {"received", "packed", "shipped", "returned"};
    private static final long FIRST_MILLISECOND = 1_700_000_000_000L;
    private static final int ITEMS = 3;

    @SuppressWarnings("deprecation") // Debezium's mode
    private static final JsonWriterSettings VERSION_ONE =
            JsonWriterSettings.builder().outputMode(JsonMode.STRICT).build();

    private final Random random;

    Orders(long seed) {
        random = new Random(seed);
    }

    /** The next order as extended JSON, version 1. */
    String next() {
        return document().toJson(VERSION_ONE);
    }

    private BsonDocument document() {
        return new BsonDocument("_id", id())
                .append("number", new BsonInt64(10_000_000_000L + random.nextInt(1_000_000)))
                .append("state", new BsonString(STATES[random.nextInt(STATES.length)]))
                .append("createdAt", date())
                .append("updatedAt", date())
                .append("customer", customer())
                .append("items", items())
                .append("total", new BsonDouble(random.nextInt(100_000) / 100.0))
                .append("tax", new BsonDecimal128(Decimal128.parse(random.nextInt(1_000) + ".50")))
                .append("currency", new BsonString("EUR"))
                .append("paid", BsonBoolean.valueOf(random.nextBoolean()))
                .append("priority", new BsonInt32(random.nextInt(10)))
                .append("warehouse", new BsonString(text(8)))
                .append("carrier", new BsonString(text(10)))
                .append("tracking", new BsonString(text(20)))
                .append("weight", new BsonDouble(random.nextInt(10_000) / 1_000.0))
                .append("tags", tags())
                .append("coupon", BsonNull.VALUE)
                .append("note", new BsonString(text(120) + " \u00fc " + text(48)))
                .append("revision", new BsonInt32(random.nextInt(50)));
    }

    private BsonDocument customer() {
        return new BsonDocument("_id", id())
                .append("name", new BsonString(text(6) + " " + text(10)))
                .append("email", new BsonString(text(12) + "@example.com"))
                .append(
                        "address",
                        new BsonDocument("street", new BsonString(text(16) + " 12"))
                                .append("city", new BsonString(text(9)))
                                .append("zip", new BsonString("10117"))
                                .append("country", new BsonString("DE")));
    }

    private BsonArray items() {
        BsonArray items = new BsonArray();
        for (int i = 0; i < ITEMS; i++) {
            items.add(new BsonDocument("sku", new BsonString(text(10)))
                    .append("quantity", new BsonInt32(1 + random.nextInt(9)))
                    .append("price", new BsonDouble(random.nextInt(10_000) / 100.0))
                    .append("title", new BsonString(text(24)))
                    .append("gift", BsonBoolean.valueOf(random.nextBoolean())));
        }
        return items;
    }

    private BsonArray tags() {
        BsonArray tags = new BsonArray();
        for (int i = 0; i < ITEMS; i++) {
            tags.add(new BsonString(text(7)));
        }
        return tags;
    }

    private BsonDateTime date() {
        return new BsonDateTime(FIRST_MILLISECOND + random.nextInt());
    }

    private BsonObjectId id() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return new BsonObjectId(new ObjectId(bytes));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
