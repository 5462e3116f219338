package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonType;
import org.bson.BsonValue;

/** Accepts exactly the values whose own type the scalar holds; canonical extended JSON text holds all. */
record ScalarWriter(ScalarType type) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        return switch (type) {
            case BOOLEAN -> value.isBoolean() ? value.asBoolean().getValue() : Misfit.VALUE;
            case INT32 -> value instanceof BsonInt32 number ? number.getValue() : Misfit.VALUE;
            case INT64 -> isInteger(value) ? value.asNumber().longValue() : Misfit.VALUE;
            case DOUBLE ->
                value instanceof BsonDouble || value instanceof BsonInt32
                        ? value.asNumber().doubleValue()
                        : Misfit.VALUE;
            case STRING -> text(value);
            case OBJECT_ID, DECIMAL128, UUID -> isOfType(value) ? text(value) : Misfit.VALUE;
            case BINARY -> isOfType(value) ? value.asBinary().getData() : Misfit.VALUE;
            case DATE -> isOfType(value) ? date(value) : Misfit.VALUE;
            case JSON -> ExtendedJson.text(value);
            case NOTHING, FLOAT -> Misfit.VALUE;
        };
    }

    private static Date date(BsonValue value) {
        return Date.from(Instant.ofEpochMilli(value.asDateTime().getValue()));
    }

    private static boolean isInteger(BsonValue value) {
        return value instanceof BsonInt32 || value instanceof BsonInt64;
    }

    private boolean isOfType(BsonValue value) {
        BsonType bson = value.getBsonType();
        return bson != BsonType.DOCUMENT && bson != BsonType.ARRAY && ValueTypes.of(value) == type;
    }

    private static Object text(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case SYMBOL -> value.asSymbol().getSymbol();
            case JAVASCRIPT -> value.asJavaScript().getCode();
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case DECIMAL128 -> value.asDecimal128().getValue().toString();
            case BINARY -> ValueTypes.isUuid(value.asBinary()) ? uuid(value.asBinary()) : Misfit.VALUE;
            default -> Misfit.VALUE;
        };
    }

    /** The bytes in their order; drivers of old wrote subtype 3 in orders of their own, which the value does not tell. */
    private static String uuid(BsonBinary binary) {
        ByteBuffer bytes = ByteBuffer.wrap(binary.getData());
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
