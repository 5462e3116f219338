package dev.cdcdelta.sink;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.change.DocumentPolicy;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonArray;
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
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Random updates of BSON documents and the events that Debezium writes of them with {@code capture.mode=change_streams}. The documents are
 * changed in place, by nothing of what is tested.
 */
final class UpdateSource {
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    /** Of as many documents, where not all are texts. No two of them are the same, though some have the same text. */
    private static final List<BsonValue> MIXED_IDS = List.of(
            new BsonString("k0"),
            new BsonInt32(7),
            new BsonObjectId(new ObjectId("65a1b2c3d4e5f60718293a4b")),
            new BsonDocument("a", new BsonInt32(1)).append("b", new BsonString("x")),
            new BsonInt64(5_000_000_000L),
            new BsonString("7"),
            new BsonDouble(8.5),
            new BsonDocument("a", new BsonDouble(1.5)).append("b", new BsonString("x")));

    private final Random random;
    private final boolean mixesIds;
    private final ChangeReader reader;
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

    /** What an event says of an update. */
    record Description(BsonDocument updated, List<String> removed, List<Map<String, Object>> truncated) {
        Map<String, Object> envelopePart() {
            Map<String, Object> part = new HashMap<>();
            part.put("updatedFields", updated.isEmpty() ? null : updated.toJson(RELAXED));
            part.put("removedFields", removed.isEmpty() ? null : removed);
            part.put("truncatedArrays", truncated.isEmpty() ? null : truncated);
            return part;
        }
    }

    UpdateSource(Random random, boolean keepsText) {
        this(random, keepsText, SchemaRules.of(ConflictPolicy.SIDECAR), false);
    }

    /** @param mixesIds whether the {@code _id}s of k0 to k7 are of several types */
    UpdateSource(Random random, boolean keepsText, SchemaRules rules, boolean mixesIds) {
        this.random = random;
        this.mixesIds = mixesIds;
        this.reader = new ChangeReader(rules, new DocumentPolicy(true, keepsText), topic -> new StructType(List.of()));
    }

    private BsonValue idOf(String id) {
        return mixesIds ? MIXED_IDS.get(Integer.parseInt(id.substring(1))) : new BsonString(id);
    }

    /** The change that an event with an image tells, or without one a delete. */
    Change image(
            TopicPartition partition,
            String id,
            String operation,
            @Nullable BsonDocument after,
            SourceVersion version) {
        Map<String, Object> envelope = envelope(operation, version);
        envelope.put("after", after == null ? null : ExtendedJson.text(after));
        return read(partition, id, envelope);
    }

    Change update(TopicPartition partition, String id, Description description, SourceVersion version) {
        Map<String, Object> envelope = envelope("u", version);
        envelope.put("updateDescription", description.envelopePart());
        return read(partition, id, envelope);
    }

    private static Map<String, Object> envelope(String operation, SourceVersion version) {
        Map<String, Object> envelope = new HashMap<>();
        envelope.put("op", operation);
        envelope.put(
                "source", Map.of("collection", "c", "ts_ms", version.timeMillis(), "ord", (Object) version.ordinal()));
        return envelope;
    }

    private Change read(TopicPartition partition, String id, Map<String, Object> envelope) {
        long offset = offsets.merge(partition, 1L, Long::sum) - 1;
        return reader.read(new SinkRecord(
                        partition.topic(),
                        partition.partition(),
                        null,
                        Map.of("id", ExtendedJson.text(idOf(id))),
                        null,
                        envelope,
                        offset))
                .orElseThrow();
    }

    BsonDocument newDocument(String id) {
        BsonDocument document = new BsonDocument("_id", idOf(id)).append("color", color());
        for (int i = random.nextInt(5); i > 0; i--) {
            document.put(name(), value(2));
        }
        return document;
    }

    /** Changes the document in some places. */
    Description change(BsonDocument document) {
        Description description = new Description(new BsonDocument(), new ArrayList<>(), new ArrayList<>());
        List<String> taken = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            changeIn(document, "", taken, description);
        }
        return description;
    }

    private void changeIn(BsonDocument parent, String prefix, List<String> taken, Description description) {
        String name = prefix.isEmpty() && random.nextInt(6) == 0 ? "color" : name();
        String path = prefix + name;
        if (!taken.stream().allMatch(other -> isApart(other, path))) {
            return;
        }
        BsonValue before = parent.get(name);
        if (name.equals("color")) {
            set(parent, name, path, color(), description);
        } else if (before != null && random.nextInt(4) == 0) {
            parent.remove(name);
            description.removed.add(path);
        } else if (before instanceof BsonDocument inner && random.nextInt(3) > 0) {
            changeIn(inner, path + ".", taken, description);
            return;
        } else if (before instanceof BsonArray array && random.nextInt(4) > 0) {
            changeArray(array, path, taken, description);
        } else {
            set(parent, name, path, random.nextInt(8) == 0 ? BsonNull.VALUE : value(2), description);
        }
        taken.add(path);
    }

    private void changeArray(BsonArray array, String path, List<String> taken, Description description) {
        if (array.size() > 1 && random.nextInt(3) == 0) {
            int size = random.nextInt(array.size());
            array.subList(size, array.size()).clear();
            description.truncated.add(Map.of("field", path, "size", size));
        }
        if (!array.isEmpty() && array.get(0) instanceof BsonDocument inner && random.nextBoolean()) {
            changeIn(inner, path + ".0.", taken, description);
        }
        int pushed = random.nextInt(3);
        for (int i = 0; i < pushed; i++) {
            BsonValue element = value(1);
            description.updated.put(path + "." + array.size(), element);
            array.add(element);
        }
    }

    private static void set(BsonDocument parent, String name, String path, BsonValue value, Description description) {
        parent.put(name, value);
        description.updated.put(path, value.isDocument() ? value.asDocument().clone() : copy(value));
    }

    private static BsonValue copy(BsonValue value) {
        return value.isArray() ? value.asArray().clone() : value;
    }

    /** Neither path leads through the other. */
    private static boolean isApart(String one, String other) {
        return !(one + ".").startsWith(other + ".") && !(other + ".").startsWith(one + ".");
    }

    private BsonString color() {
        return new BsonString(List.of("blue", "green", "red").get(random.nextInt(3)));
    }

    private String name() {
        return List.of("a", "b", "$c", "d e", "7", "_doc", "x__json").get(random.nextInt(7));
    }

    /** Numbers that relaxed text tells apart: no int64 that an int32 would hold. */
    private BsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 9)) {
            case 0, 1 -> new BsonInt32(random.nextInt(100));
            case 2 -> new BsonInt64(5_000_000_000L + random.nextInt(100));
            case 3 -> new BsonDouble(random.nextInt(5) == 0 ? -0.0 : random.nextInt(100) + 0.25);
            case 4, 5 -> new BsonString("s" + random.nextInt(100));
            case 6 -> BsonBoolean.valueOf(random.nextBoolean());
            case 7 ->
                random.nextBoolean()
                        ? new BsonDateTime(1_700_000_000_000L + random.nextInt(1000))
                        : new BsonObjectId(new ObjectId(random.nextInt(), random.nextInt(1 << 24)));
            case 8 -> new BsonDecimal128(Decimal128.parse(random.nextInt(100) + ".50"));
            case 9, 10 -> document(depth - 1);
            default -> array(depth - 1);
        };
    }

    private BsonDocument document(int depth) {
        BsonDocument document = new BsonDocument();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            document.put(name(), value(depth));
        }
        return document;
    }

    private BsonArray array(int depth) {
        BsonArray array = new BsonArray();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            array.add(value(depth));
        }
        return array;
    }
}
