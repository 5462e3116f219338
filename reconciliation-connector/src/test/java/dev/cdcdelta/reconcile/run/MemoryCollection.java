package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.range.KeyOrder;
import dev.cdcdelta.reconcile.range.KeyRange;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.source.Documents;
import dev.cdcdelta.reconcile.source.SourceDocument;
import dev.cdcdelta.sink.SinkInMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** A collection and a source connector that writes its changes into the topic, when it is told to. */
final class MemoryCollection implements Documents {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final int SECONDS = 1_700_000_000;
    private static final int CHANGES_A_SECOND = 10;

    private final TreeMap<BsonValue, RawBsonDocument> documents = new TreeMap<>(KeyOrder.ASCENDING);
    private final Deque<Change> undelivered = new ArrayDeque<>();
    private final SinkInMemory sink;
    private long changes;
    private BsonTimestamp delivered = new BsonTimestamp(SECONDS, 1);
    private Runnable onRead = () -> {};
    private int searches;

    private record Change(Map<String, Object> key, Map<String, Object> value, BsonTimestamp time) {}

    MemoryCollection(SinkInMemory sink) {
        this.sink = sink;
    }

    /** Happens between any two reads. */
    void onRead(Runnable happening) {
        onRead = happening;
    }

    BsonTimestamp operationTime() {
        return new BsonTimestamp(SECONDS + (int) (changes / CHANGES_A_SECOND), 1 + (int) (changes % CHANGES_A_SECOND));
    }

    /** How many documents were asked for one by one. */
    int searches() {
        return searches;
    }

    /** Up to where changes are in the topic. */
    BsonTimestamp delivered() {
        return delivered;
    }

    List<BsonValue> keys() {
        return List.copyOf(documents.keySet());
    }

    BsonDocument get(BsonValue id) {
        RawBsonDocument found = documents.get(id);
        return found == null ? new BsonDocument() : found.decode(CODEC);
    }

    void put(BsonDocument document) {
        changes++;
        BsonValue id = document.get("_id");
        documents.put(id, new RawBsonDocument(document, CODEC));
        changed(id, document);
    }

    void dropSilently(BsonValue id) {
        documents.remove(id);
    }

    /** A change that no event tells of. */
    void putSilently(BsonDocument document) {
        documents.put(document.get("_id"), new RawBsonDocument(document, CODEC));
    }

    void delete(BsonValue id) {
        changes++;
        documents.remove(id);
        changed(id, null);
    }

    private void changed(BsonValue id, @Nullable BsonDocument document) {
        BsonTimestamp time = operationTime();
        RepairEvents events = new RepairEvents(SinkInMemory.PARTITION.topic(), "shop", "orders");
        Map<String, Object> value = events.value(Optional.ofNullable(document), time);
        Map<String, Object> key = new HashMap<>();
        key.put("id", RepairEvents.keyText(id));
        undelivered.add(new Change(key, value, time));
    }

    /** The connector writes some changes, the oldest first. */
    void deliver(int most) {
        for (int i = 0; i < most && !undelivered.isEmpty(); i++) {
            Change change = undelivered.remove();
            sink.append(change.key(), change.value());
            delivered = change.time();
        }
        if (undelivered.isEmpty()) {
            delivered = operationTime();
        }
    }

    /** Changes that never come into the topic. */
    void lose() {
        undelivered.clear();
        deliver(0);
    }

    RangePlan plan(int documentsARange) {
        List<BsonValue> bounds = new ArrayList<>();
        int seen = 0;
        for (BsonValue key : documents.keySet()) {
            if (seen > 0 && seen % documentsARange == 0) {
                bounds.add(key);
            }
            seen++;
        }
        return new RangePlan(bounds);
    }

    /** Not as of one point in time: what happens in the meantime is seen or not. */
    @Override
    public void scan(KeyRange range, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        onRead.run();
        Map.Entry<BsonValue, RawBsonDocument> next =
                range.from().isPresent() ? documents.ceilingEntry(range.from().get()) : documents.firstEntry();
        while (next != null
                && (range.to().isEmpty()
                        || KeyOrder.ASCENDING.compare(next.getKey(), range.to().get()) < 0)) {
            BsonValue key = next.getKey();
            visitor.accept(new SourceDocument(next.getValue()));
            onRead.run();
            next = documents.higherEntry(key);
        }
    }

    @Override
    public void find(Collection<BsonValue> keys, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        searches += keys.size();
        for (BsonValue key : keys) {
            onRead.run();
            RawBsonDocument found = documents.get(key);
            if (found != null) {
                visitor.accept(new SourceDocument(found));
            }
        }
    }
}
