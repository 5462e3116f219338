package dev.cdcdelta.smt.ejson;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Objects that stand for a BSON value, such as <code>{"$oid": "…"}</code>. One that a BSON writer cannot have written, such as
 * <code>{"$oid": 5}</code>, is the document it looks like.
 */
final class Wrappers {
    private static final long UNSIGNED_MAXIMUM = 0xFFFF_FFFFL;

    private Wrappers() {}

    static BsonValue ofOne(String name, BsonValue content) {
        BsonValue value = null;
        try {
            value = content instanceof BsonString string ? ofText(name, string.getValue()) : ofContent(name, content);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException notWrapped) {
            value = null;
        }
        return value == null ? new BsonDocument(name, content) : value;
    }

    static BsonValue ofTwo(BsonDocument document) {
        if (document.size() != 2) {
            return document;
        }
        BsonValue value = null;
        if (document.get("$binary") instanceof BsonString data && document.get("$type") instanceof BsonString subtype) {
            value = binary(data, subtype);
        } else if (document.get("$regex") instanceof BsonString pattern
                && document.get("$options") instanceof BsonString options) {
            value = new BsonRegularExpression(pattern.getValue(), options.getValue());
        } else if (document.get("$code") instanceof BsonString code
                && document.get("$scope") instanceof BsonDocument scope) {
            value = new BsonJavaScriptWithScope(code.getValue(), scope);
        }
        return value == null ? document : value;
    }

    private static @Nullable BsonValue ofText(String name, String text) {
        return switch (name) {
            case "$oid" -> new BsonObjectId(new ObjectId(text));
            case "$numberInt" -> new BsonInt32(Integer.parseInt(text));
            case "$numberLong" -> new BsonInt64(Long.parseLong(text));
            case "$numberDouble" -> Numbers.named(text);
            case "$numberDecimal" -> new BsonDecimal128(Decimal128.parse(text));
            case "$date" ->
                new BsonDateTime(OffsetDateTime.parse(text).toInstant().toEpochMilli());
            case "$uuid" -> text.length() == 36 ? new BsonBinary(UUID.fromString(text)) : null;
            case "$symbol" -> new BsonSymbol(text);
            case "$code" -> new BsonJavaScript(text);
            default -> null;
        };
    }

    private static @Nullable BsonValue ofContent(String name, BsonValue content) {
        return switch (name) {
            case "$date" -> date(content);
            case "$minKey" -> isOne(content) ? new BsonMinKey() : null;
            case "$maxKey" -> isOne(content) ? new BsonMaxKey() : null;
            case "$undefined" -> BsonBoolean.TRUE.equals(content) ? new BsonUndefined() : null;
            case "$binary", "$timestamp", "$regularExpression", "$dbPointer" ->
                content instanceof BsonDocument parts && parts.size() == 2 ? ofParts(name, parts) : null;
            default -> null;
        };
    }

    private static @Nullable BsonValue ofParts(String name, BsonDocument parts) {
        return switch (name) {
            case "$binary" ->
                parts.get("base64") instanceof BsonString data && parts.get("subType") instanceof BsonString subtype
                        ? binary(data, subtype)
                        : null;
            case "$timestamp" -> timestamp(parts.get("t"), parts.get("i"));
            case "$regularExpression" ->
                parts.get("pattern") instanceof BsonString pattern && parts.get("options") instanceof BsonString options
                        ? new BsonRegularExpression(pattern.getValue(), options.getValue())
                        : null;
            default ->
                parts.get("$ref") instanceof BsonString namespace && parts.get("$id") instanceof BsonObjectId id
                        ? new BsonDbPointer(namespace.getValue(), id.getValue())
                        : null;
        };
    }

    private static @Nullable BsonValue date(BsonValue content) {
        if (content instanceof BsonInt64 milliseconds) {
            return new BsonDateTime(milliseconds.getValue());
        }
        return content instanceof BsonInt32 milliseconds ? new BsonDateTime(milliseconds.getValue()) : null;
    }

    private static @Nullable BsonValue timestamp(@Nullable BsonValue seconds, @Nullable BsonValue increment) {
        long time = unsigned(seconds);
        long ordinal = unsigned(increment);
        return time < 0 || ordinal < 0 ? null : new BsonTimestamp((int) time, (int) ordinal);
    }

    /** The value, or a negative number if it is no unsigned integer of 32 bits. */
    private static long unsigned(@Nullable BsonValue value) {
        if (value instanceof BsonInt32 number) {
            return number.getValue();
        }
        return value instanceof BsonInt64 number && number.getValue() <= UNSIGNED_MAXIMUM ? number.getValue() : -1;
    }

    private static boolean isOne(BsonValue value) {
        return value instanceof BsonInt32 number && number.getValue() == 1;
    }

    private static @Nullable BsonValue binary(BsonString data, BsonString subtype) {
        try {
            int type = Integer.parseInt(subtype.getValue(), 16);
            return type < 0 || type > 0xFF
                    ? null
                    : new BsonBinary((byte) type, Base64.getDecoder().decode(data.getValue()));
        } catch (IllegalArgumentException notWrapped) {
            return null;
        }
    }
}
