package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.TypeInference;
import dev.cdcdelta.smt.schema.ValueTypes;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What columns promise to keep of a document: all values, but not which text type or number type a value had. */
public final class Meaning {
    private Meaning() {}

    public static String of(BsonValue value) {
        return DocumentKey.of(plain(value)).canonical();
    }

    private static BsonValue plain(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOCUMENT -> document(value.asDocument());
            case ARRAY -> array(value.asArray());
            case TIMESTAMP -> document(ValueTypes.parts(value.asTimestamp()));
            case OBJECT_ID -> new BsonString(value.asObjectId().getValue().toHexString());
            case DECIMAL128 -> new BsonString(value.asDecimal128().getValue().toString());
            case JAVASCRIPT -> new BsonString(value.asJavaScript().getCode());
            case SYMBOL -> new BsonString(value.asSymbol().getSymbol());
            case BINARY -> binary(value.asBinary());
            case UNDEFINED -> BsonNull.VALUE;
            default -> value;
        };
    }

    private static BsonValue binary(BsonBinary binary) {
        if (ValueTypes.isUuid(binary)) {
            ByteBuffer bytes = ByteBuffer.wrap(binary.getData());
            return new BsonString(new UUID(bytes.getLong(), bytes.getLong()).toString());
        }
        return new BsonBinary(binary.getData());
    }

    private static BsonArray array(BsonArray array) {
        BsonArray plain = new BsonArray();
        array.forEach(element -> plain.add(plain(element)));
        return plain;
    }

    /** In the order of names, and without fields that say nothing. */
    private static BsonDocument document(BsonDocument document) {
        BsonDocument plain = new BsonDocument();
        new TreeMap<>(document).forEach((name, value) -> {
            FieldType type = TypeInference.ofDocument(new BsonDocument("v", value), ConflictPolicy.SIDECAR);
            if (!type.isVacant()) {
                plain.put(name, plain(value));
            }
        });
        return plain;
    }
}
