package dev.cdcdelta.sink.mapping;

import com.dynatrace.hash4j.hashing.HashSink;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** The bytes of {@link CanonicalForm} for BSON values, the same that their columns have. */
final class CanonicalValue {
    private static final long MICROS = 1000;

    private CanonicalValue() {}

    static boolean hasContent(BsonValue value) {
        return switch (value.getBsonType()) {
            case NULL, UNDEFINED -> false;
            case ARRAY -> value.asArray().stream().anyMatch(CanonicalValue::hasContent);
            case DOCUMENT -> value.asDocument().values().stream().anyMatch(CanonicalValue::hasContent);
            default -> true;
        };
    }

    /** @param decimalsAreNumbers whether a Decimal128 is written as the number that it is, not as its text */
    static void write(BsonValue value, boolean decimalsAreNumbers, HashSink sink) {
        switch (value.getBsonType()) {
            case DOCUMENT -> writeDocument(value.asDocument(), sink);
            case ARRAY -> writeArray(value.asArray(), sink);
            case TIMESTAMP -> writeDocument(ValueTypes.parts(value.asTimestamp()), sink);
            case BOOLEAN ->
                CanonicalForm.LeafForm.writeBoolean(value.asBoolean().getValue(), sink);
            case INT32, INT64 -> CanonicalNumber.write(value.asNumber().longValue(), sink);
            case DOUBLE -> CanonicalNumber.write(value.asDouble().getValue(), sink);
            case DECIMAL128 -> writeDecimal(value.asDecimal128().getValue(), decimalsAreNumbers, sink);
            case STRING -> text(value.asString().getValue(), sink);
            case SYMBOL -> text(value.asSymbol().getSymbol(), sink);
            case JAVASCRIPT -> text(value.asJavaScript().getCode(), sink);
            case OBJECT_ID -> text(value.asObjectId().getValue().toHexString(), sink);
            case BINARY -> writeBinary(value.asBinary(), sink);
            case DATE_TIME -> writeDate(value, sink);
            default -> json(value, sink);
        }
    }

    private static void writeDocument(BsonDocument document, HashSink sink) {
        sink.putByte((byte) 'o');
        for (Map.Entry<String, BsonValue> field : new TreeMap<>(document).entrySet()) {
            if (hasContent(field.getValue())) {
                byte[] name = field.getKey().getBytes(StandardCharsets.UTF_8);
                sink.putInt(name.length);
                sink.putBytes(name);
                write(field.getValue(), false, sink);
            }
        }
        sink.putByte((byte) 'e');
    }

    private static void writeArray(BsonArray values, HashSink sink) {
        sink.putByte((byte) 'a');
        sink.putInt(values.size());
        for (BsonValue each : values) {
            if (hasContent(each)) {
                write(each, false, sink);
            } else {
                sink.putByte((byte) 'z');
            }
        }
    }

    private static void writeDecimal(Decimal128 value, boolean asNumber, HashSink sink) {
        boolean negativeZero = !value.isNaN() && !value.isInfinite() && value.isNegative() && value.doubleValue() == 0;
        if (asNumber && value.isFinite() && !negativeZero) {
            BigDecimal number = value.bigDecimalValue();
            CanonicalNumber.write(number, sink);
        } else {
            text(value.toString(), sink);
        }
    }

    private static void writeBinary(BsonBinary value, HashSink sink) {
        if (ValueTypes.isUuid(value)) {
            ByteBuffer bytes = ByteBuffer.wrap(value.getData());
            text(new UUID(bytes.getLong(), bytes.getLong()).toString(), sink);
        } else {
            CanonicalForm.LeafForm.writeBytes('x', value.getData(), sink);
        }
    }

    /** Dates that no column holds are what their text is. */
    private static void writeDate(BsonValue value, HashSink sink) {
        if (ValueTypes.isInRange(value.asDateTime())) {
            CanonicalForm.LeafForm.writeMicros(value.asDateTime().getValue() * MICROS, sink);
        } else {
            json(value, sink);
        }
    }

    private static void text(String text, HashSink sink) {
        CanonicalForm.LeafForm.writeText('s', text, sink);
    }

    /** Types without a column of their own, of which MongoDB's documents have few. */
    private static void json(BsonValue value, HashSink sink) {
        if (value.getBsonType() == BsonType.END_OF_DOCUMENT) {
            throw new IllegalArgumentException("the end of a document is no value");
        }
        CanonicalForm.LeafForm.writeText('j', ExtendedJson.text(value), sink);
    }
}
