package dev.cdcdelta.reconcile.source;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import dev.cdcdelta.reconcile.range.KeyRange;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * A collection in the order of its index on {@code _id}. Ranges are bounds on that index ({@code min} and {@code max}): a comparison in
 * a query would see the keys of one BSON type only.
 */
public final class SourceCollection {
    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));
    private static final int KEYS_A_QUERY = 500;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final MongoClient client;
    private final MongoCollection<RawBsonDocument> collection;
    private final String name;
    private final boolean hasSessions;

    SourceCollection(MongoClient client, MongoDatabase database, String name, boolean hasSessions) {
        this.client = client;
        this.collection = database.getCollection(name, RawBsonDocument.class);
        this.name = database.getName() + "." + name;
        this.hasSessions = hasSessions;
    }

    /**
     * Cuts the key space.
     *
     * @param documents the most of a range, by what the collection holds now
     */
    public RangePlan plan(int documents) {
        return SourceDatabase.reading(name, () -> {
            List<BsonValue> bounds = new ArrayList<>();
            long seen = 0;
            try (MongoCursor<RawBsonDocument> ids =
                    collection.find().projection(BY_ID).sort(BY_ID).hint(BY_ID).iterator()) {
                while (ids.hasNext()) {
                    RawBsonDocument next = ids.next();
                    if (seen > 0 && seen % documents == 0) {
                        bounds.add(next.get("_id"));
                    }
                    seen++;
                }
            }
            return new RangePlan(bounds);
        });
    }

    /** The documents of a range, as they are at {@code notBefore} or later. */
    public void scan(KeyRange range, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        SourceDatabase.reading("a range of " + name, () -> {
            try (Session session = new Session(notBefore);
                    MongoCursor<RawBsonDocument> found =
                            bounded(session.find(new BsonDocument()), range).iterator()) {
                while (found.hasNext()) {
                    visitor.accept(document(found.next()));
                }
            }
            return range;
        });
    }

    private static FindIterable<RawBsonDocument> bounded(FindIterable<RawBsonDocument> query, KeyRange range) {
        FindIterable<RawBsonDocument> bounded = query.hint(BY_ID);
        range.from().ifPresent(from -> bounded.min(new BsonDocument("_id", from)));
        range.to().ifPresent(to -> bounded.max(new BsonDocument("_id", to)));
        return bounded;
    }

    /** Those of the documents that there are, as they are at {@code notBefore} or later. */
    public Map<DocumentKey, BsonDocument> find(Collection<BsonValue> keys, BsonTimestamp notBefore) {
        List<BsonValue> all = List.copyOf(keys);
        Map<DocumentKey, BsonDocument> documents = new HashMap<>();
        SourceDatabase.reading("documents of " + name, () -> {
            try (Session session = new Session(notBefore)) {
                for (int i = 0; i < all.size(); i += KEYS_A_QUERY) {
                    List<BsonValue> some = all.subList(i, Math.min(all.size(), i + KEYS_A_QUERY));
                    for (RawBsonDocument found : session.find(anyOf(some))) {
                        SourceDocument document = document(found);
                        documents.put(document.key(), document.document());
                    }
                }
            }
            return documents;
        });
        return documents;
    }

    /** A regular expression in {@code $in} would be a pattern; keys cannot be such, nor arrays. */
    private static BsonDocument anyOf(List<BsonValue> keys) {
        return new BsonDocument("_id", new BsonDocument("$in", new BsonArray(keys)));
    }

    private static SourceDocument document(RawBsonDocument raw) {
        BsonDocument document = raw.decode(CODEC);
        BsonValue id = document.get("_id");
        if (id == null) {
            throw new IllegalStateException("a document without _id");
        }
        return new SourceDocument(
                DocumentKey.of(id), document, raw.getByteBuffer().remaining());
    }

    /** Reads what is at least as new as a cluster time, from whichever member: a causal session, where the server has sessions. */
    private final class Session implements AutoCloseable {
        private final Optional<ClientSession> session;

        Session(@Nullable BsonTimestamp notBefore) {
            session = hasSessions
                    ? Optional.of(client.startSession(ClientSessionOptions.builder()
                            .causallyConsistent(true)
                            .build()))
                    : Optional.empty();
            session.ifPresent(causal -> causal.advanceOperationTime(notBefore));
        }

        FindIterable<RawBsonDocument> find(BsonDocument query) {
            return session.map(causal -> collection.find(causal, query)).orElseGet(() -> collection.find(query));
        }

        @Override
        public void close() {
            session.ifPresent(ClientSession::close);
        }
    }
}
