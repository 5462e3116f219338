package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The document key that a Connect value stands for. */
final class ConnectKey {
    /** The field of Debezium's record key; its value is the {@code _id} as extended JSON text. */
    private static final String DEBEZIUM_ID = "id";

    private static final String DOCUMENT_ID = "_id";

    private ConnectKey() {}

    /** The key of an upsert: the {@code _id} of the document itself. */
    static DocumentKey ofDocument(Struct document) {
        Field id = document.schema().field(DOCUMENT_ID);
        Object value = id == null ? null : document.get(id);
        if (id == null || value == null) {
            throw new DataException("The document has no _id, so no row can be told to be its own");
        }
        return of(id.schema(), value);
    }

    /** The key of a delete: what the record key says. */
    static DocumentKey ofRecordKey(SinkRecord record) {
        Object key = record.key();
        if (key == null) {
            throw new DataException("The record has neither a value nor a key, so it tells no document");
        }
        if (key instanceof Struct struct) {
            Field id = struct.schema().field(DOCUMENT_ID);
            return id == null ? ofDebeziumText(debeziumId(struct)) : of(id.schema(), required(struct.get(id)));
        }
        if (key instanceof Map<?, ?> map) {
            Object id = map.get(DOCUMENT_ID);
            return id == null ? ofDebeziumText(map.get(DEBEZIUM_ID)) : of(null, id);
        }
        return of(record.keySchema(), key);
    }

    private static @Nullable Object debeziumId(Struct struct) {
        Field id = struct.schema().field(DEBEZIUM_ID);
        return id == null ? null : struct.get(id);
    }

    private static DocumentKey ofDebeziumText(@Nullable Object text) {
        if (text instanceof String json) {
            return DocumentKey.ofExtendedJson(json);
        }
        throw new DataException("The record key holds neither Debezium's 'id' text nor an '_id'");
    }

    private static DocumentKey of(@Nullable Schema schema, Object value) {
        FieldType type = schema == null ? plainType(value) : ConnectSchemas.toType(schema);
        return DocumentKey.ofColumn(type, columnForm(value));
    }

    private static FieldType plainType(Object value) {
        if (value instanceof String) {
            return ScalarType.STRING;
        }
        if (value instanceof Long) {
            return ScalarType.INT64;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ScalarType.INT32;
        }
        if (value instanceof Double || value instanceof Float) {
            return ScalarType.DOUBLE;
        }
        if (value instanceof Boolean) {
            return ScalarType.BOOLEAN;
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return ScalarType.BINARY;
        }
        if (value instanceof Date) {
            return ScalarType.DATE;
        }
        throw new DataException("A key of " + value.getClass().getName() + " without a schema has no known meaning");
    }

    private static Object columnForm(Object value) {
        if (value instanceof Date date) {
            return Math.multiplyExact(date.getTime(), 1000L);
        }
        if (value instanceof Short || value instanceof Byte) {
            return ((Number) value).intValue();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        if (value instanceof Struct struct) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                Object part = struct.get(field);
                if (part != null) {
                    fields.put(field.name(), columnForm(part));
                }
            }
            return fields;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConnectKey::columnForm).toList();
        }
        return value;
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new DataException("The record key's _id is null");
        }
        return value;
    }
}
