package dev.cdcdelta.stack.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** Whether a cell holds a value that has no fields or elements. */
final class ValueMatch {
    private static final int UUID_BYTES = 16;
    private static final byte LEGACY_UUID = 3;
    private static final byte UUID_SUBTYPE = 4;

    private ValueMatch() {}

    static boolean matches(BsonValue value, JsonNode cell) {
        return switch (value.getBsonType()) {
            case STRING -> isText(cell, value.asString().getValue());
            case SYMBOL -> isText(cell, value.asSymbol().getSymbol());
            case JAVASCRIPT -> isText(cell, value.asJavaScript().getCode());
            case OBJECT_ID -> isText(cell, value.asObjectId().getValue().toHexString());
            case DECIMAL128 -> isText(cell, value.asDecimal128().getValue().toString());
            case BOOLEAN ->
                cell.isBoolean() && cell.booleanValue() == value.asBoolean().getValue();
            case INT32, INT64 -> isInteger(cell, value.asNumber().longValue());
            case DOUBLE -> isDouble(cell, value.asDouble().getValue());
            case DATE_TIME -> isDate(cell, value);
            case TIMESTAMP -> isTimestamp(cell, value.asTimestamp());
            case BINARY -> isBinary(cell, value.asBinary());
            case REGULAR_EXPRESSION, DB_POINTER, MIN_KEY, MAX_KEY, JAVASCRIPT_WITH_SCOPE ->
                cell.isTextual() && ExtendedJsonText.holds(cell.textValue(), value);
            case DOCUMENT, ARRAY, NULL, UNDEFINED, END_OF_DOCUMENT ->
                throw new IllegalArgumentException("no plain value: " + value.getBsonType());
        };
    }

    private static boolean isText(JsonNode cell, String text) {
        return cell.isTextual() && cell.textValue().equals(text);
    }

    /** An integer may stand in a column that doubles have widened, if it is exact there. */
    private static boolean isInteger(JsonNode cell, long number) {
        if (cell.isIntegralNumber()) {
            return cell.canConvertToLong() && cell.longValue() == number;
        }
        return cell.isFloatingPointNumber()
                && cell.doubleValue() == (double) number
                && (long) cell.doubleValue() == number;
    }

    private static boolean isDouble(JsonNode cell, double number) {
        return cell.isNumber()
                ? Double.compare(cell.doubleValue(), number) == 0
                : isText(cell, Double.toString(number)) && !Double.isFinite(number);
    }

    /** A date outside the years that a timestamp column holds is extended JSON. */
    private static boolean isDate(JsonNode cell, BsonValue date) {
        Instant instant = Instant.ofEpochMilli(date.asDateTime().getValue());
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= 9999
                ? isInstant(cell, instant)
                : cell.isTextual() && ExtendedJsonText.holds(cell.textValue(), date);
    }

    private static boolean isInstant(JsonNode cell, Instant instant) {
        try {
            return cell.isTextual() && Instant.parse(cell.textValue()).equals(instant);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTimestamp(JsonNode cell, BsonTimestamp timestamp) {
        return isInstant(cell.path("time"), Instant.ofEpochSecond(Integer.toUnsignedLong(timestamp.getTime())))
                && isInteger(cell.path("increment"), timestamp.getInc());
    }

    private static boolean isBinary(JsonNode cell, BsonBinary binary) {
        if (!cell.isTextual()) {
            return false;
        }
        byte[] data = binary.getData();
        if ((binary.getType() == LEGACY_UUID || binary.getType() == UUID_SUBTYPE) && data.length == UUID_BYTES) {
            ByteBuffer bytes = ByteBuffer.wrap(data);
            return isText(cell, new UUID(bytes.getLong(), bytes.getLong()).toString());
        }
        try {
            return Arrays.equals(Base64.getDecoder().decode(cell.textValue()), data);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
