package dev.cdcdelta.stack.quickstart;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.types.Decimal128;

/** Documents written by hand, of many shapes, and what happens to them. */
public final class Users {
    public static final String DATABASE = "testdb";
    public static final String COLLECTION = "users";

    private final MongoCollection<BsonDocument> users;

    public Users(MongoDatabase database) {
        this.users = database.getCollection(COLLECTION, BsonDocument.class);
    }

    /** What is there before the pipeline is. */
    public void insertFirst() {
        users.insertMany(List.of(
                document(
                        "{_id: 'ada', name: 'Ada', age: 36, address: {city: 'London', zip: 'W1'}, tags: ['math', 'poetry']}"),
                document("{_id: 'alan', name: 'Alan', age: 41, address: {city: 'Wilmslow'}, scores: [1, 2, 3]}"),
                document("{_id: 'grace', name: 'Grace', age: {$numberLong: '85'}, rank: 'Rear Admiral'}"),
                document(
                        "{_id: 'edsger', name: 'Edsger', age: 72.5, address: {city: 'Nuenen', geo: {lat: 51.47, lon: 5.55}}}"),
                everyType()));
    }

    /** Inserts of new shapes, updates, replacements and deletes, while the pipeline runs. */
    public void change() {
        users.insertMany(List.of(
                document("{_id: 'barbara', name: 'Barbara', email: 'barbara@example.org', age: 71}"),
                document("{_id: 'donald', name: {first: 'Donald', last: 'Knuth'}, age: 'eighty-six'}"),
                document("{_id: 'ken', name: 'Ken', tags: ['unix', 7, {lang: 'B'}], address: 'unknown'}"),
                document("{_id: 'frances', name: 'Frances', orders: [{sku: 'a', price: 1}, {sku: 'b', price: 2.5,"
                        + " discount: {percent: 10}}, {sku: 3}]}"),
                document("{_id: 'empty', nothing: null, no_fields: {}, no_elements: [], nulls: [null, null]}"),
                document(
                        "{_id: 'names', 'with space': 1, 'dotted,comma': 2, 'a;b{c}': {'x=y': 3}, note__json: 'mine'}"),
                document("{_id: 'gone', name: 'Short-lived'}")));
        users.updateOne(Filters.eq("_id", "ada"), Updates.set("email", "ada@example.org"));
        users.updateOne(Filters.eq("_id", "alan"), Updates.set("address.geo", document("{lat: 53.33, lon: -2.23}")));
        users.updateOne(Filters.eq("_id", "alan"), Updates.push("scores", 4));
        users.updateOne(Filters.eq("_id", "grace"), Updates.unset("rank"));
        users.replaceOne(
                Filters.eq("_id", "edsger"), document("{name: 'Edsger W.', born: {$date: '1930-05-11T00:00:00Z'}}"));
        users.updateMany(Filters.eq("address.city", "London"), Updates.inc("age", 1));
        users.deleteOne(Filters.eq("_id", "gone"));
        users.insertOne(document("{_id: 'gone', name: 'Back again'}"));
        users.deleteOne(Filters.eq("_id", "barbara"));
    }

    private static BsonDocument everyType() {
        return document("{_id: 'types'}")
                .append(
                        "object_id",
                        document("{v: {$oid: '0123456789abcdef01234567'}}").get("v"))
                .append("int", new BsonInt32(Integer.MIN_VALUE))
                .append("long", new BsonInt64(Long.MAX_VALUE))
                .append("double", new BsonDouble(-0.0))
                .append("nan", new BsonDouble(Double.NaN))
                .append("infinite", new BsonDouble(Double.NEGATIVE_INFINITY))
                .append("decimal", new BsonDecimal128(Decimal128.parse("12345678901234567890.1234567890")))
                .append("flag", BsonBoolean.TRUE)
                .append("date", new BsonDateTime(1_700_000_000_123L))
                .append("ancient", new BsonDateTime(-62_000_000_000_000L))
                .append("far", new BsonDateTime(Long.MAX_VALUE))
                .append("timestamp", new BsonTimestamp(1_700_000_000, 7))
                .append("bytes", new BsonBinary(new byte[] {0, 1, -1}))
                .append("uuid", new BsonBinary(BsonBinarySubType.UUID_STANDARD, new byte[16]))
                .append("regex", new BsonRegularExpression("^a.*z$", "i"))
                .append("code", new BsonJavaScript("function () { return 1; }"))
                .append("smallest", new BsonMinKey())
                .append("largest", new BsonMaxKey())
                .append("text", document("{v: 'Grüße, 世界 🎉 \\u0000'}").get("v"))
                .append("deep", document("{a: {b: {c: [{d: [[1, 2], [3]]}]}}}"));
    }

    private static BsonDocument document(String json) {
        return BsonDocument.parse(json);
    }
}
