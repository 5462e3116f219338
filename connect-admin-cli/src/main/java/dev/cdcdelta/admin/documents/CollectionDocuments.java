package dev.cdcdelta.admin.documents;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** Documents of a collection: in the order in which MongoDB finds them, or a random sample. */
public final class CollectionDocuments implements DocumentSource {
    private final String database;
    private final String collection;
    private final int sample;
    private final MongoClient client;

    /**
     * @param namespace {@code database.collection}
     * @param sample number of documents for MongoDB to choose; 0 for all in their order
     */
    public CollectionDocuments(String uri, String namespace, int sample) {
        int dot = namespace.indexOf('.');
        if (dot <= 0 || dot == namespace.length() - 1) {
            throw CommandException.usage(
                    "'" + namespace + "' is no collection.", "Name it with its database: testdb.users.");
        }
        database = namespace.substring(0, dot);
        collection = namespace.substring(dot + 1);
        this.sample = sample;
        client = MongoClients.create(settings(uri));
    }

    /** Nobody's working set is to be pushed out of the primary for this. */
    private static MongoClientSettings settings(String uri) {
        try {
            return MongoClientSettings.builder()
                    .readPreference(ReadPreference.secondaryPreferred())
                    .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(15, TimeUnit.SECONDS))
                    .applyConnectionString(new ConnectionString(uri))
                    .build();
        } catch (IllegalArgumentException e) {
            // The cause's message may quote the URI with its password.
            throw CommandException.usage(
                    "The MongoDB URI is not valid.", "Give --mongodb-uri mongodb://host:port, or MONGODB_URI.");
        }
    }

    @Override
    public String name() {
        return "collection " + database + "." + collection;
    }

    @Override
    public void read(Reader reader) {
        MongoCollection<BsonDocument> documents =
                client.getDatabase(database).getCollection(collection, BsonDocument.class);
        try (MongoCursor<BsonDocument> cursor = cursor(documents)) {
            while (!reader.isDone() && cursor.hasNext()) {
                read(cursor.next(), reader);
            }
        } catch (MongoException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "The collection " + database + "." + collection + " cannot be read.",
                    e.getClass().getSimpleName() + ", code " + e.getCode(),
                    "Check the MongoDB URI, and that its user may read the collection.",
                    e);
        }
    }

    private static void read(BsonDocument document, Reader reader) {
        try {
            reader.document(document);
        } catch (DataException e) {
            BsonValue id = document.get("_id");
            reader.refused("_id " + (id == null ? "missing" : ExtendedJson.text(id)), e);
        }
    }

    private MongoCursor<BsonDocument> cursor(MongoCollection<BsonDocument> documents) {
        return sample > 0
                ? documents
                        .aggregate(
                                List.of(new BsonDocument("$sample", new BsonDocument("size", new BsonInt32(sample)))))
                        .cursor()
                : documents.find().cursor();
    }

    @Override
    public void close() {
        client.close();
    }
}
