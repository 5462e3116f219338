package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonArray;
import org.bson.BsonBinary;
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
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Connect values as BSON values; a Struct's null fields are missing fields. */
public final class ConnectBson {
    private ConnectBson() {}

    /**
     * The value as BSON.
     *
     * @param schema null for a schemaless value, or for one whose Java class tells all
     * @throws DataException if the value is not of its schema
     */
    public static BsonValue of(@Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return BsonNull.VALUE;
        }
        if (value instanceof Struct struct) {
            return ofStruct(struct);
        }
        if (value instanceof List<?> list) {
            return ofList(schema == null ? null : schema.valueSchema(), list);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(schema == null ? null : schema.valueSchema(), map);
        }
        if (value instanceof String text) {
            return ofString(schema, text);
        }
        return ofScalar(value);
    }

    private static BsonDocument ofStruct(Struct struct) {
        BsonDocument document = new BsonDocument();
        for (Field field : struct.schema().fields()) {
            Object value = struct.get(field);
            if (value == null) {
                continue;
            }
            if (field.name().equals(FieldNames.REST) && of(field.schema(), value) instanceof BsonDocument others) {
                document.putAll(others);
                continue;
            }
            String name = FieldNames.isSidecar(field.name()) ? FieldNames.ofSidecar(field.name()) : field.name();
            document.put(FieldNames.toDocument(name), of(field.schema(), value));
        }
        return document;
    }

    private static BsonArray ofList(@Nullable Schema element, List<?> list) {
        BsonArray array = new BsonArray(list.size());
        for (Object value : list) {
            array.add(of(element, value));
        }
        return array;
    }

    private static BsonDocument ofMap(@Nullable Schema valueSchema, Map<?, ?> map) {
        BsonDocument document = new BsonDocument();
        map.forEach((name, value) -> document.put(String.valueOf(name), of(valueSchema, value)));
        return document;
    }

    private static BsonValue ofString(@Nullable Schema schema, String text) {
        ScalarType type = schema == null ? ScalarType.STRING : SemanticNames.ofString(schema.name());
        try {
            return switch (type) {
                case OBJECT_ID -> new BsonObjectId(new ObjectId(text));
                case UUID -> new BsonBinary(UUID.fromString(text));
                case DECIMAL128 -> new BsonDecimal128(Decimal128.parse(text));
                case JSON -> ExtendedJson.parse(text);
                default -> new BsonString(text);
            };
        } catch (IllegalArgumentException invalid) {
            throw new DataException(
                    "A string of schema " + type + " is not in that form. Check what produced the record.");
        }
    }

    private static BsonValue ofScalar(Object value) {
        if (value instanceof Boolean flag) {
            return BsonBoolean.valueOf(flag);
        }
        if (value instanceof Long number) {
            return new BsonInt64(number);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return new BsonInt32(((Number) value).intValue());
        }
        if (value instanceof Double || value instanceof Float) {
            return new BsonDouble(((Number) value).doubleValue());
        }
        if (value instanceof java.util.Date date) {
            return new BsonDateTime(date.toInstant().toEpochMilli());
        }
        if (value instanceof byte[] bytes) {
            return new BsonBinary(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new BsonBinary(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return ofDecimal(decimal);
        }
        throw new DataException("A Connect record holds a " + value.getClass().getName()
                + ", which no Connect schema has. Check the converter and the transforms before this one.");
    }

    /** More digits than Decimal128 holds stay exact as a string. */
    private static BsonValue ofDecimal(BigDecimal decimal) {
        try {
            return new BsonDecimal128(new Decimal128(decimal));
        } catch (NumberFormatException tooLong) {
            return new BsonString(decimal.toString());
        }
    }
}
