package dev.cdcdelta.stack.quickstart;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Writes one bundled collection in two halves, and changes some of the documents afterwards. */
public final class DatasetLoad {
    private static final int BATCH = 1_000;
    private static final int UPDATE_EVERY = 50;
    private static final int REPLACE_EVERY = 131;
    private static final int DELETE_EVERY = 97;

    private final MongoCollection<BsonDocument> collection;
    private final List<BsonDocument> documents;

    public DatasetLoad(MongoDatabase database, String name) {
        this.collection = database.getCollection(name, BsonDocument.class);
        this.documents = Datasets.read(name);
    }

    /** For the snapshot. */
    public void insertFirstHalf() {
        insert(documents.subList(0, documents.size() / 2));
    }

    /** For the stream. */
    public void insertSecondHalf() {
        insert(documents.subList(documents.size() / 2, documents.size()));
    }

    /** Updates, replaces and deletes documents of both halves. */
    public void change() {
        for (int index = 0; index < documents.size(); index++) {
            BsonDocument document = documents.get(index);
            var same = Filters.eq("_id", document.get("_id"));
            if (index % DELETE_EVERY == 0) {
                collection.deleteOne(same);
            } else if (index % REPLACE_EVERY == 0) {
                BsonDocument replacement = document.clone();
                replacement.append("replaced", BsonBoolean.TRUE);
                collection.replaceOne(same, replacement);
            } else if (index % UPDATE_EVERY == 0) {
                collection.updateOne(
                        same,
                        Updates.combine(
                                Updates.set("reviewed.by", new BsonString("quickstart")),
                                Updates.set("reviewed.round", index)));
            }
        }
    }

    private void insert(List<BsonDocument> part) {
        for (int start = 0; start < part.size(); start += BATCH) {
            collection.insertMany(part.subList(start, Math.min(part.size(), start + BATCH)));
        }
    }
}
