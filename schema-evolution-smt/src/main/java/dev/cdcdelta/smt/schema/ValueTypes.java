package dev.cdcdelta.smt.schema;

import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** The column types of BSON values other than documents and arrays. */
public final class ValueTypes {
    /** A BSON timestamp: its second, and its ordinal, whose 32 bits are kept as they are. */
    public static final StructType TIMESTAMP = new StructType(List.of(
            new StructType.Field("time", ScalarType.DATE), new StructType.Field("increment", ScalarType.INT32)));

    private static final long FIRST_MILLISECOND = -62_135_596_800_000L;
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;
    private static final int UUID_LENGTH = 16;

    private ValueTypes() {}

    /** The type of a value that is neither document nor array. */
    public static FieldType of(BsonValue value) {
        return switch (value.getBsonType()) {
            case NULL, UNDEFINED -> ScalarType.NOTHING;
            case BOOLEAN -> ScalarType.BOOLEAN;
            case INT32 -> ScalarType.INT32;
            case INT64 -> ScalarType.INT64;
            case DOUBLE -> ScalarType.DOUBLE;
            case DECIMAL128 -> ScalarType.DECIMAL128;
            case STRING, SYMBOL, JAVASCRIPT -> ScalarType.STRING;
            case OBJECT_ID -> ScalarType.OBJECT_ID;
            case BINARY -> isUuid(value.asBinary()) ? ScalarType.UUID : ScalarType.BINARY;
            case DATE_TIME -> isInRange(value.asDateTime()) ? ScalarType.DATE : ScalarType.JSON;
            case TIMESTAMP -> TIMESTAMP;
            case REGULAR_EXPRESSION, DB_POINTER, JAVASCRIPT_WITH_SCOPE, MIN_KEY, MAX_KEY -> ScalarType.JSON;
            case DOCUMENT, ARRAY, END_OF_DOCUMENT ->
                throw new IllegalArgumentException("No type without parts: " + value.getBsonType());
        };
    }

    /** Whether a timestamp column holds the date: years 1 to 9999. */
    public static boolean isInRange(BsonDateTime date) {
        return date.getValue() >= FIRST_MILLISECOND && date.getValue() <= LAST_MILLISECOND;
    }

    /** Subtypes 3 and 4 of the right length. */
    public static boolean isUuid(BsonBinary binary) {
        return (binary.getType() == 3 || binary.getType() == 4) && binary.getData().length == UUID_LENGTH;
    }

    /** The document of type {@link #TIMESTAMP} that stands for a BSON timestamp. */
    public static BsonDocument parts(BsonTimestamp timestamp) {
        long milliseconds = Integer.toUnsignedLong(timestamp.getTime()) * 1000L;
        return new BsonDocument("time", new BsonDateTime(milliseconds))
                .append("increment", new BsonInt32(timestamp.getInc()));
    }
}
