package dev.cdcdelta.bench.lag;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.OrderEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Inserts into a collection, whose change events Debezium writes to the topic; {@link TopicLocations} finds them there. */
final class MongoWriter implements Writer {
    private final OrderEvents documents;
    private final Writes writes;
    private final MongoClient client;
    private final MongoCollection<BsonDocument> collection;

    MongoWriter(String uri, String database, String name, OrderEvents documents, Writes writes) {
        this.documents = documents.in(OrderEvents.Form.DOCUMENT);
        this.writes = writes;
        this.client = MongoClients.create(uri);
        this.collection = client.getDatabase(database).getCollection(name, BsonDocument.class);
    }

    @Override
    public void write(int from, int to) {
        List<BsonDocument> batch = new ArrayList<>(to - from);
        for (int document = from; document < to; document++) {
            ChangePlan.Change insert = new ChangePlan.Change(document, ChangePlan.Kind.INSERT, document);
            String json = new String(documents.value(insert), StandardCharsets.ISO_8859_1);
            batch.add(BsonDocument.parse(json).append("_id", new BsonInt32(document)));
        }
        long now = System.nanoTime();
        for (int document = from; document < to; document++) {
            writes.written(document, now);
        }
        if (!batch.isEmpty()) {
            collection.insertMany(batch, new InsertManyOptions().ordered(false));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
