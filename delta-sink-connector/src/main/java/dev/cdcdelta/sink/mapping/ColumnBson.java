package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
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

/** Column values as the BSON values that they stand for; what sidecars hold is back in its place. */
final class ColumnBson {
    private ColumnBson() {}

    static BsonValue of(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return BsonNull.VALUE;
        }
        if (type instanceof ColumnType.Struct struct) {
            return document(struct, (Object[]) value);
        }
        if (type instanceof ColumnType.Array array) {
            BsonArray elements = new BsonArray();
            ((List<?>) value).forEach(element -> elements.add(of(array.element(), element)));
            return elements;
        }
        ColumnType.Leaf leaf = (ColumnType.Leaf) type;
        return leaf.type() instanceof ScalarType scalar ? scalar(scalar, value) : decimal((BigDecimal) value);
    }

    private static BsonDocument document(ColumnType.Struct struct, @Nullable Object[] values) {
        BsonDocument document = new BsonDocument();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                Column column = struct.columns().get(i);
                put(document, column.field(), of(column.type(), values[i]));
            }
        }
        return document;
    }

    /** Adds a field of a row's to the document that the row stands for. */
    static void put(BsonDocument document, String field, BsonValue value) {
        if (field.equals(FieldNames.REST) && value instanceof BsonDocument others) {
            document.putAll(others);
        } else {
            String name = FieldNames.isSidecar(field) ? FieldNames.ofSidecar(field) : field;
            document.put(FieldNames.toDocument(name), value);
        }
    }

    private static BsonValue scalar(ScalarType type, Object value) {
        return switch (type) {
            case NOTHING -> throw new IllegalArgumentException("a column of nothing holds no value");
            case BOOLEAN -> BsonBoolean.valueOf((Boolean) value);
            case INT32 -> new BsonInt32((Integer) value);
            case INT64 -> new BsonInt64((Long) value);
            case FLOAT, DOUBLE -> new BsonDouble(((Number) value).doubleValue());
            case STRING -> new BsonString((String) value);
            case OBJECT_ID -> new BsonObjectId(new ObjectId((String) value));
            case UUID -> new BsonBinary(UUID.fromString((String) value));
            case DECIMAL128 -> new BsonDecimal128(Decimal128.parse((String) value));
            case BINARY -> new BsonBinary((byte[]) value);
            case DATE -> new BsonDateTime(Math.floorDiv((Long) value, 1000L));
            case JSON -> ExtendedJson.parse((String) value);
        };
    }

    /** More digits than Decimal128 holds stay exact as a string. */
    private static BsonValue decimal(BigDecimal value) {
        return value.precision() <= 34 ? new BsonDecimal128(new Decimal128(value)) : new BsonString(value.toString());
    }
}
