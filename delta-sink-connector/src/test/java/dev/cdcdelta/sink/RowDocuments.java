package dev.cdcdelta.sink;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Reads a row as a user would who follows docs/explanation/documents.md: sidecars and rests back in their places, all texts strings. */
final class RowDocuments {
    private RowDocuments() {}

    static BsonDocument of(ColumnType.Struct columns, Object[] values) {
        BsonDocument document = new BsonDocument();
        for (int i = 0; i < values.length; i++) {
            Column column = columns.columns().get(i);
            if (values[i] == null || ColumnName.isReserved(column.name())) {
                continue;
            }
            BsonValue value = value(column.type(), values[i]);
            String field = column.field();
            if (field.equals(FieldNames.REST)) {
                document.putAll(value.asDocument());
            } else {
                String name = FieldNames.isSidecar(field) ? FieldNames.ofSidecar(field) : field;
                document.put(FieldNames.toDocument(name), value);
            }
        }
        return document;
    }

    private static BsonValue value(ColumnType type, Object value) {
        if (value == null) {
            return BsonNull.VALUE;
        }
        if (type instanceof ColumnType.Struct struct) {
            return of(struct, (Object[]) value);
        }
        if (type instanceof ColumnType.Array array) {
            return new BsonArray(((List<?>) value)
                    .stream().map(each -> value(array.element(), each)).toList());
        }
        if (((ColumnType.Leaf) type).type() == ScalarType.JSON) {
            return ExtendedJson.parse((String) value);
        }
        if (((ColumnType.Leaf) type).type() == ScalarType.DATE) {
            return new BsonDateTime((Long) value / 1000);
        }
        if (value instanceof Integer number) {
            return new BsonInt32(number);
        }
        if (value instanceof Long number) {
            return new BsonInt64(number);
        }
        if (value instanceof Number number) {
            return value instanceof java.math.BigDecimal decimal
                    ? new org.bson.BsonDecimal128(new Decimal128(decimal))
                    : new BsonDouble(number.doubleValue());
        }
        return value instanceof Boolean flag ? BsonBoolean.valueOf(flag) : new BsonString(value.toString());
    }
}
