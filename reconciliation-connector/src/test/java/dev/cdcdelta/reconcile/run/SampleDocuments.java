package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.smt.RandomDocuments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** Documents with keys of several types, and fields of all types. */
final class SampleDocuments {
    private final Random random;
    private final RandomDocuments values;

    SampleDocuments(Random random) {
        this.random = random;
        this.values = new RandomDocuments(random);
    }

    static BsonValue key(int i) {
        return switch (i % 7) {
            case 0 -> new BsonInt32(i);
            case 1 -> new BsonString("key " + i + (i % 2 == 0 ? "" : " \"ü\""));
            case 2 -> new BsonObjectId(new ObjectId(1_700_000_000 + i, i));
            case 3 -> new BsonDocument("a", new BsonInt32(i)).append("b", new BsonString("x"));
            case 4 -> new BsonDouble(i + 0.5);
            case 5 -> new BsonDateTime(1_700_000_000_000L + i);
            default -> new BsonBinary(new byte[] {(byte) (i >> 8), (byte) i});
        };
    }

    /** @param version what the document is told by */
    static BsonDocument plain(BsonValue key, int version) {
        return new BsonDocument("_id", key)
                .append("n", new BsonInt32(version))
                .append("city", new BsonString("City " + version % 7));
    }

    BsonDocument any(BsonValue key, int version) {
        return plain(key, version).append("any", values.document(2));
    }

    /** The same content: other order of fields, other types of numbers. */
    BsonDocument inOtherWords(BsonDocument document) {
        BsonDocument other = new BsonDocument();
        List<String> names = new ArrayList<>(document.keySet());
        Collections.shuffle(names, random);
        names.forEach(name -> other.put(name, sameIn(document.get(name), name.equals("_id"))));
        return other;
    }

    private BsonValue sameIn(BsonValue value, boolean isKey) {
        if (isKey) {
            return value;
        }
        if (value.isDocument()) {
            return inOtherWords(value.asDocument());
        }
        if (value.isArray()) {
            BsonArray array = new BsonArray();
            value.asArray().forEach(each -> array.add(sameIn(each, false)));
            return array;
        }
        if (value.isInt32()) {
            int number = value.asInt32().getValue();
            return random.nextBoolean() ? new BsonInt64(number) : new BsonDouble(number);
        }
        return value;
    }
}
