package dev.cdcdelta.sink.change;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.FieldNames;
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

    private static final String DOCUMENT_ID = FieldNames.ID;

    /** Takes an {@code _id} of another type than {@link #DOCUMENT_ID} has. */
    private static final String OTHER_ID = FieldNames.sidecarOf(DOCUMENT_ID);

    private ConnectKey() {}

    /** The key of an upsert: the {@code _id} of the document itself. */
    static DocumentKey ofDocument(Struct document) {
        Field id = document.schema().field(DOCUMENT_ID);
        Object value = id == null ? null : document.get(id);
        Field other = document.schema().field(OTHER_ID);
        if (value == null && other != null && document.get(other) instanceof String text) {
            return DocumentKey.ofExtendedJson(text);
        }
        if (id == null || value == null) {
            throw new DataException(
                    "The document has no _id, so no row can be told to be its own. Check the transforms that take fields out");
        }
        return of(id.schema(), value);
    }

    /**
     * The key of a delete event: Debezium's, from any converter that keeps its text, or the transform's. A key of another form may
     * be an {@code _id} that has lost its type, whose delete would find no row.
     */
    static DocumentKey ofEvent(SinkRecord record) {
        Object key = requiredKey(record);
        if (key instanceof Struct) {
            return ofParts(key);
        }
        if (key instanceof Map<?, ?> map) {
            return ofDebeziumId(map.get(DEBEZIUM_ID));
        }
        return DebeziumKeyText.of(key)
                .map(DebeziumKeyText::documentKey)
                .orElseThrow(() -> new DataException("The delete's record key is a "
                        + key.getClass().getName() + " instead of Debezium's {\"id\": …}. " + DebeziumKeyText.REMEDY));
    }

    /** The key of a record without value and without headers: Debezium's, or the {@code _id} itself. */
    static DocumentKey ofTombstone(SinkRecord record) {
        Object key = requiredKey(record);
        if (key instanceof Struct || key instanceof Map) {
            return ofParts(key);
        }
        return DebeziumKeyText.of(key)
                .filter(DebeziumKeyText::isDebeziums)
                .map(DebeziumKeyText::documentKey)
                .orElseGet(() -> of(record.keySchema(), key));
    }

    private static Object requiredKey(SinkRecord record) {
        Object key = record.key();
        if (key == null) {
            throw new DataException(
                    "The record has neither a value nor a key, so it tells no document. Check what else writes to the topic");
        }
        return key;
    }

    private static DocumentKey ofParts(Object key) {
        if (key instanceof Struct struct) {
            Field id = struct.schema().field(DOCUMENT_ID);
            return id == null ? ofDebeziumId(debeziumId(struct)) : of(id.schema(), required(struct.get(id)));
        }
        Map<?, ?> map = (Map<?, ?>) key;
        Object id = map.get(DOCUMENT_ID);
        return id == null ? ofDebeziumId(map.get(DEBEZIUM_ID)) : of(null, id);
    }

    private static @Nullable Object debeziumId(Struct struct) {
        Field id = struct.schema().field(DEBEZIUM_ID);
        return id == null ? null : struct.get(id);
    }

    private static DocumentKey ofDebeziumId(@Nullable Object text) {
        if (text instanceof String json) {
            return DocumentKey.ofExtendedJson(json);
        }
        throw new DataException(
                "The record key holds neither Debezium's 'id' text nor an '_id'. " + DebeziumKeyText.REMEDY);
    }

    /** Values come from converters of all kinds, and nothing but the record is wrong with one that belies its schema. */
    private static DocumentKey of(@Nullable Schema schema, Object value) {
        FieldType type = schema == null ? plainType(value) : ConnectSchemas.toType(schema);
        try {
            return DocumentKey.ofColumn(type, columnForm(value));
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException belied) {
            // The cause is left out because its message quotes the document.
            throw new DataException(
                    "The _id, or a part of it, is not what its schema says or is of a type that tells no document apart: "
                            + description(schema) + ", value of "
                            + value.getClass().getName()
                            + ". Check what produced the record: _ids are best a scalar, a Decimal of at most 38"
                            + " digits, or a Struct of those");
        }
    }

    private static String description(@Nullable Schema schema) {
        if (schema == null) {
            return "no schema";
        }
        return "schema " + schema.type() + (schema.name() == null ? "" : " " + schema.name());
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
        throw new DataException("A key of " + value.getClass().getName() + " without a schema has no known meaning. "
                + DebeziumKeyText.REMEDY);
    }

    // Connect's logical types come as java.util.Date.
    @SuppressWarnings("JavaUtilDate")
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
            throw new DataException("The record key's _id is null. Check what else writes to the topic");
        }
        return value;
    }
}
