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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A collection in the order of its index on {@code _id}. Ranges are bounds on that index ({@code min} and {@code max}): a comparison in
 * a query would see the keys of one BSON type only.
 */
public final class SourceCollection implements Documents {
    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));
    private static final int KEYS_A_QUERY = 500;

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
                        bounds.add(new SourceDocument(next).id());
                    }
                    seen++;
                }
            }
            return new RangePlan(bounds);
        });
    }

    @Override
    public void scan(KeyRange range, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        SourceDatabase.reading("a range of " + name, () -> {
            try (Session session = new Session(notBefore);
                    MongoCursor<RawBsonDocument> found =
                            bounded(session.find(new BsonDocument()), range).iterator()) {
                ReadAhead.each(name, found, document -> visitor.accept(new SourceDocument(document)));
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

    @Override
    public void find(Collection<BsonValue> keys, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        List<BsonValue> all = List.copyOf(keys);
        SourceDatabase.reading("documents of " + name, () -> {
            try (Session session = new Session(notBefore)) {
                for (int i = 0; i < all.size(); i += KEYS_A_QUERY) {
                    List<BsonValue> some = all.subList(i, Math.min(all.size(), i + KEYS_A_QUERY));
                    for (RawBsonDocument found : session.find(anyOf(some))) {
                        visitor.accept(new SourceDocument(found));
                    }
                }
            }
            return all;
        });
    }

    /** A regular expression in {@code $in} would be a pattern; keys cannot be such, nor arrays. */
    private static BsonDocument anyOf(List<BsonValue> keys) {
        return new BsonDocument("_id", new BsonDocument("$in", new BsonArray(keys)));
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
