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
            case OBJECT_ID -> KeyText.append(text, new BsonObjectId(new ObjectId((String) value)));
            case UUID -> KeyText.append(text, new BsonBinary(UUID.fromString((String) value)));
            case DECIMAL128 -> KeyText.append(text, new BsonDecimal128(Decimal128.parse((String) value)));
            case BINARY -> KeyText.append(text, new BsonBinary((byte[]) value));
            case DATE -> KeyText.append(text, new BsonDateTime(Math.floorDiv((Long) value, 1000L)));
            case JSON -> KeyText.append(text, ExtendedJson.parse((String) value));
        }
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
