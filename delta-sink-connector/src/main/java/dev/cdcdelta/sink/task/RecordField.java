package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The field of a document whose value names its table: text, a whole number, a boolean or an ObjectId. */
final class RecordField {
    private static final String ID = "_id";

    private final String path;
    private final String[] names;

    /** @param path names with dots between them */
    RecordField(String path) {
        this.path = path;
        this.names = path.split("\\.");
    }

    /** @throws DataException if the record does not tell the value */
    String of(SinkRecord record, Change change) {
        if (names[0].equals(ID)) {
            // From the key, where a delete has it in the same form.
            return text(in(ExtendedJson.parse(change.key().canonical()), 1));
        }
        if (change instanceof Change.Upsert upsert) {
            return text(in(upsert.after()));
        }
        if (before(record) instanceof String image) {
            return text(in(ExtendedJson.parse(image), 0));
        }
        throw new DataException(
                "The delete does not tell the value of '" + path + "', which names its table ('table.name.field')."
                        + " Let Debezium send the image before (capture.mode with pre-image) and take the SchemaEvolution transform"
                        + " out, or name a field of _id");
    }

    private @Nullable Object in(Struct document) {
        @Nullable Object value = document;
        for (String name : names) {
            if (!(value instanceof Struct struct)) {
                return null;
            }
            Field field = struct.schema().field(name);
            value = field == null ? null : struct.get(field);
        }
        return value;
    }

    private @Nullable Object in(BsonValue document, int from) {
        BsonValue value = document;
        for (int i = from; i < names.length; i++) {
            BsonValue inner = value instanceof BsonDocument parent ? parent.get(names[i]) : null;
            if (inner == null) {
                return null;
            }
            value = inner;
        }
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case BOOLEAN -> value.asBoolean().getValue();
            case INT32 -> value.asInt32().getValue();
            case INT64 -> value.asInt64().getValue();
            case DOUBLE -> new BigDecimal(value.asDouble().getValue());
            case DECIMAL128 -> value.asDecimal128().getValue().bigDecimalValue();
            default -> null;
        };
    }

    private static @Nullable Object before(SinkRecord record) {
        if (record.value() instanceof Map<?, ?> envelope) {
            return envelope.get("before");
        }
        if (record.value() instanceof Struct envelope && envelope.schema().field("before") != null) {
            return envelope.get("before");
        }
        return null;
    }

    private String text(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        if (value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0) {
            return number.toBigInteger().toString();
        }
        throw new DataException("The document names no table: its field '" + path
                + "' ('table.name.field') is missing, or neither text, a whole number, a boolean nor an ObjectId");
    }
}
