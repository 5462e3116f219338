package dev.cdcdelta.smt;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Debezium's MongoDB record keys. */
final class RecordKey {
    /** The only field of Debezium's keys. */
    static final String ID = "id";

    private RecordKey() {}

    /**
     * The {@code _id}, with integers as int64: the relaxed text does not tell int32 from int64, and a key must not change its form when
     * its collection's numbers grow.
     *
     * @return empty if the key has another form
     */
    static Optional<BsonValue> id(@Nullable Object key) {
        Object id = null;
        if (key instanceof Map<?, ?> map && map.size() == 1) {
            id = map.get(ID);
        } else if (key instanceof Struct struct && struct.schema().fields().size() == 1) {
            Field field = struct.schema().fields().get(0);
            id = field.name().equals(ID) ? struct.get(field) : null;
        }
        return id instanceof String text ? Optional.of(widened(ExtendedJson.parse(text))) : Optional.empty();
    }

    private static BsonValue widened(BsonValue id) {
        if (id instanceof BsonInt32 number) {
            return new BsonInt64(number.getValue());
        }
        if (id instanceof BsonDocument document) {
            document.replaceAll((name, value) -> widened(value));
        }
        return id;
    }
}
