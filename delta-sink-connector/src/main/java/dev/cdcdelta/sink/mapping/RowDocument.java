package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
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

/**
 * The document behind a row: its text where the row has one, else what its columns tell, sidecars included. The latter is a document
 * that makes the same row; it may be another one, since columns do not tell an int32 in a bigint column from an int64, a
 * symbol from a string, a field of null from none, nor the subtype of a binary.
 */
public final class RowDocument {
    private final ColumnType.Struct columns;
    private final int text;

    /**
     * A document.
     *
     * @param isWhole whether it is the source's, type by type
     */
    public record Content(BsonDocument document, boolean isWhole) {}

    /** @param columns a table's top level */
    public RowDocument(ColumnType.Struct columns) {
        this.columns = columns;
        this.text = CdcColumns.indexOf(columns, CdcColumns.DOCUMENT);
    }

    public Content of(@Nullable Object[] row) {
        return text >= 0 && row[text] instanceof String whole
                ? new Content(ExtendedJson.parseDocument(whole), true)
                : new Content(document(columns, row, true), false);
    }

    private static BsonDocument document(ColumnType.Struct struct, @Nullable Object[] row, boolean topLevel) {
        BsonDocument document = new BsonDocument();
        for (int i = 0; i < row.length; i++) {
            Column column = struct.columns().get(i);
            Object value = row[i];
            if (value instanceof String text && column.field().equals(FieldNames.REST)) {
                document.putAll(ExtendedJson.parseDocument(text));
            } else if (value != null && !(topLevel && ColumnName.isReserved(column.name()))) {
                String field = column.field();
                String name = FieldNames.isSidecar(field) ? FieldNames.ofSidecar(field) : field;
                document.put(FieldNames.toDocument(name), value(column.type(), value));
            }
        }
        return document;
    }

    private static BsonValue value(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return BsonNull.VALUE;
        }
        if (type instanceof ColumnType.Struct struct) {
            return document(struct, (Object[]) value, false);
        }
        if (type instanceof ColumnType.Array array) {
            BsonArray elements = new BsonArray();
            ((List<?>) value).forEach(element -> elements.add(value(array.element(), element)));
            return elements;
        }
        FieldType leaf = ((ColumnType.Leaf) type).type();
        return leaf instanceof ScalarType scalar ? scalar(scalar, value) : decimal((BigDecimal) value);
    }

    private static BsonValue scalar(ScalarType type, Object value) {
        return switch (type) {
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
            case NOTHING -> throw new IllegalArgumentException("no column is of type " + type);
        };
    }

    /** More digits than Decimal128 holds, which no MongoDB document has, stay exact as a string. */
    private static BsonValue decimal(BigDecimal value) {
        try {
            return new BsonDecimal128(new Decimal128(value));
        } catch (NumberFormatException tooLong) {
            return new BsonString(value.toString());
        }
    }
}
