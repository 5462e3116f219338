package dev.cdcdelta.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.smt.DialectTexts;
import dev.cdcdelta.smt.MutatedTexts;
import dev.cdcdelta.smt.RandomDocuments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** Records as Debezium's MongoDB connector writes them through JsonConverter, with faults at every level: the document's text, the envelope's parts, its bytes, the key. */
final class MutatedEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPERATIONS = List.of("c", "u", "r", "d");
    private static final List<Object> STRANGE = Arrays.asList(
            null,
            "",
            "t",
            "m",
            "u",
            "d",
            "{}",
            "[]",
            "null",
            true,
            5,
            -1.5,
            1e300,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            List.of(),
            List.of(1, "a"),
            Map.of(),
            Map.of("_id", 1),
            Map.of("collection", "orders"),
            "{\"_id\":1}",
            "\ud800");
    private static final List<String> PARTS = List.of(
            "op",
            "after",
            "before",
            "source",
            "updateDescription",
            "source.ts_ms",
            "source.ord",
            "source.db",
            "source.collection",
            "more");

    private final Random random;
    private final RandomDocuments documents;
    private final DialectTexts texts;
    private final MutatedTexts faults;
    private int number;

    MutatedEvents(Random random) {
        this.random = random;
        documents = new RandomDocuments(random);
        texts = new DialectTexts(random);
        faults = new MutatedTexts(random);
    }

    /** The bytes in Kafka. */
    record Event(byte @Nullable [] key, byte @Nullable [] value) {}

    /** The next event: of three, one is sound, one has faults in its document, and one anywhere. */
    Event next() {
        number++;
        String id = Integer.toString(number);
        String key = id;
        String after = document();
        Map<String, @Nullable Object> envelope = envelope(after);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                // sound
            }
            case 3, 4, 5 -> envelope.put("after", faults.of(after));
            case 6 -> bend(envelope);
            case 7 -> key = faults.of(id);
            default -> {
                return new Event(bytes(key(id)), damaged(bytes(envelope)));
            }
        }
        if (random.nextInt(40) == 0) {
            return new Event(random.nextBoolean() ? bytes(key(key)) : damaged(bytes(key(key))), null);
        }
        return new Event(bytes(key(key)), bytes(envelope));
    }

    /** The next document as ExtractNewDocumentState would hand it on, with faults. */
    Event nextFlat() {
        number++;
        Map<String, @Nullable Object> flat = new LinkedHashMap<>();
        flat.put("_id", random.nextInt(8) == 0 ? pick(STRANGE) : number);
        flat.put("__op", random.nextInt(6) == 0 ? pick(STRANGE) : pick(OPERATIONS));
        flat.put("__deleted", random.nextInt(6) == 0 ? pick(STRANGE) : "false");
        for (String name : List.of("a", "b.c", "", "a__json", "__ts_ms")) {
            if (random.nextInt(3) == 0) {
                flat.put(name, pick(STRANGE));
            }
        }
        byte[] value = bytes(flat);
        return new Event(
                bytes(Map.of("id", Integer.toString(number))), random.nextInt(8) == 0 ? damaged(value) : value);
    }

    private String document() {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(number));
        if (random.nextInt(12) == 0) {
            document.put("_id", documents.value(1));
        }
        document.putAll(documents.document(3));
        return texts.of(document);
    }

    private Map<String, @Nullable Object> envelope(String after) {
        String operation = pick(OPERATIONS);
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("connector", "mongodb");
        source.put("ts_ms", 1_700_000_000_000L + number);
        source.put("db", "shop");
        source.put("collection", "orders");
        source.put("ord", 1);
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("before", null);
        envelope.put("after", operation.equals("d") ? null : after);
        envelope.put("updateDescription", null);
        envelope.put("source", source);
        envelope.put("op", operation);
        envelope.put("ts_ms", 1_700_000_000_000L + number);
        return envelope;
    }

    /** Puts something strange in the place of a part, or takes it out. */
    private void bend(Map<String, @Nullable Object> envelope) {
        String part = pick(PARTS);
        Map<String, @Nullable Object> owner = envelope;
        String name = part;
        if (part.startsWith("source.")) {
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> source = (Map<String, @Nullable Object>) envelope.get("source");
            owner = Objects.requireNonNull(source, "source");
            name = part.substring("source.".length());
        }
        if (random.nextInt(4) == 0) {
            owner.remove(name);
        } else {
            owner.put(name, pick(STRANGE));
        }
    }

    private byte[] damaged(byte[] bytes) {
        if (random.nextBoolean()) {
            return faults.of(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    private static Map<String, Object> key(String id) {
        return Map.of("id", id);
    }

    private static byte[] bytes(Object json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
