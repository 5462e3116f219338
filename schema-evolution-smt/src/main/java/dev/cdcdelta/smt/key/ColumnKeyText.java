package dev.cdcdelta.smt.key;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The key text of values as a column holds them. */
final class ColumnKeyText {
    private static final int OBJECT_ID_LENGTH = 24;

    private ColumnKeyText() {}

    static void append(StringBuilder text, FieldType type, @Nullable Object value) {
        if (value == null) {
            text.append("null");
        } else if (type instanceof ScalarType scalar) {
            appendScalar(text, scalar, value);
        } else if (type instanceof DecimalType) {
            KeyText.appendDecimal(text, (BigDecimal) value);
        } else if (type instanceof ArrayType array) {
            appendArray(text, array.element(), (List<?>) value);
        } else if (type instanceof StructType struct) {
            appendStruct(text, struct, (Map<?, ?>) value);
        }
    }

    private static void appendScalar(StringBuilder text, ScalarType type, Object value) {
        switch (type) {
            case NOTHING -> throw new IllegalArgumentException("An _id column of type NOTHING holds no value");
            case BOOLEAN -> KeyText.append(text, BsonBoolean.valueOf((Boolean) value));
            case INT32, INT64 -> text.append(((Number) value).longValue());
            case FLOAT, DOUBLE -> KeyText.appendDouble(text, ((Number) value).doubleValue());
            case STRING -> KeyText.append(text, new BsonString((String) value));
            case OBJECT_ID -> appendObjectId(text, (String) value);
            case UUID -> KeyText.append(text, new BsonBinary(UUID.fromString((String) value)));
            case DECIMAL128 -> KeyText.append(text, new BsonDecimal128(Decimal128.parse((String) value)));
            case BINARY -> KeyText.append(text, new BsonBinary((byte[]) value));
            case DATE -> KeyText.append(text, new BsonDateTime(Math.floorDiv((Long) value, 1000L)));
            case JSON -> KeyText.append(text, ExtendedJson.parse((String) value));
        }
    }

    /** In a column of ours it is in its canonical form already. */
    private static void appendObjectId(StringBuilder text, String digits) {
        if (isCanonical(digits)) {
            text.append("{\"$oid\":\"").append(digits).append("\"}");
        } else {
            KeyText.append(text, new BsonObjectId(new ObjectId(digits)));
        }
    }

    private static boolean isCanonical(String digits) {
        if (digits.length() != OBJECT_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < OBJECT_ID_LENGTH; i++) {
            char c = digits.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static void appendArray(StringBuilder text, FieldType element, List<?> values) {
        char separator = '[';
        for (Object value : values) {
            append(text.append(separator), element, value);
            separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
    }

    private static void appendStruct(StringBuilder text, StructType type, Map<?, ?> values) {
        char separator = '{';
        for (StructType.Field field : type.fields()) {
            KeyText.appendName(text.append(separator), FieldNames.toDocument(field.name()));
            append(text, field.type(), values.get(field.name()));
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }
}
