package dev.cdcdelta.stack.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.cdcdelta.stack.process.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a driver sees that is not about change streams. */
class MongoStandInTest {
    private MongoStandIn server;
    private MongoClient client;

    @BeforeEach
    void start() {
        server = MongoStandIn.start(new FreePorts().next());
        client = MongoClients.create(server.uri());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void announcesThePrimaryOfAReplicaSetWithoutSessions() {
        Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));

        assertThat(hello)
                .containsEntry("setName", "rs0")
                .containsEntry("isWritablePrimary", true)
                .containsEntry("maxWireVersion", 17)
                .doesNotContainKey("logicalSessionTimeoutMinutes");
        assertThat(hello.getList("hosts", String.class)).containsExactly(hello.getString("me"));
    }

    @Test
    void stampsRepliesWithAGrowingOperationTime() {
        MongoCollection<Document> orders = client.getDatabase("shop").getCollection("orders");
        BsonTimestamp before = operationTime();
        orders.insertOne(new Document("_id", 1));
        BsonTimestamp after = operationTime();

        assertThat(after).isGreaterThan(before);
    }

    @Test
    void listsItsOwnDatabasesEvenWhenEmpty() {
        assertThat(client.listDatabaseNames().into(new ArrayList<>())).contains("admin", "config", "local");
        assertThat(client.getDatabase("admin").listCollectionNames().into(new ArrayList<>()))
                .isEmpty();
    }

    @Test
    void keepsEveryTypeItKnows() {
        BsonDocument document = everyType();
        MongoCollection<BsonDocument> types = client.getDatabase("shop").getCollection("types", BsonDocument.class);
        types.insertOne(document);

        assertThat(types.find().first()).isEqualTo(document);
    }

    @Test
    void splitsLargeResultsIntoRepliesThatADriverAccepts() {
        MongoCollection<Document> orders = client.getDatabase("shop").getCollection("orders");
        String megabyte = "x".repeat(1024 * 1024);
        for (int id = 0; id < 60; id++) {
            orders.insertOne(new Document("_id", id).append("text", megabyte));
        }

        List<Integer> ids = new ArrayList<>();
        orders.find().batchSize(1_000).forEach(order -> ids.add(order.getInteger("_id")));

        assertThat(ids).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void readsACollectionOfManyDocumentsCompletely() {
        MongoCollection<Document> orders = client.getDatabase("shop").getCollection("orders");
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 2_500; id++) {
            documents.add(new Document("_id", id));
        }
        orders.insertMany(documents);

        assertThat(orders.find().into(new ArrayList<>())).hasSize(2_500);
        assertThat(orders.countDocuments()).isEqualTo(2_500);
    }

    @Test
    void writesInAllTheWaysOfADriver() {
        MongoCollection<Document> orders = client.getDatabase("shop").getCollection("orders");
        orders.bulkWrite(List.of(
                new InsertOneModel<>(new Document("_id", 1).append("a", 1)),
                new InsertOneModel<>(new Document("_id", 2).append("a", 1)),
                new ReplaceOneModel<>(Filters.eq("_id", 2), new Document("b", 2))));
        orders.updateOne(Filters.eq("_id", 3), Updates.set("a", 3), new UpdateOptions().upsert(true));
        orders.findOneAndUpdate(Filters.eq("_id", 1), Updates.inc("a", 1), new FindOneAndUpdateOptions());
        orders.deleteOne(Filters.eq("_id", 2));

        assertThat(orders.find().into(new ArrayList<>()))
                .containsExactlyInAnyOrder(
                        new Document("_id", 1).append("a", 2), new Document("_id", 3).append("a", 3));
        assertThatThrownBy(() -> orders.insertMany(List.of(new Document("_id", 1), new Document("_id", 9))))
                .isInstanceOf(MongoBulkWriteException.class);
    }

    @Test
    void refusesACommandItDoesNotKnow() {
        assertThatThrownBy(() -> client.getDatabase("shop").runCommand(new Document("shardCollection", "orders")))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        failure -> assertThat(failure.getErrorCode()).isEqualTo(59));
    }

    private BsonTimestamp operationTime() {
        Document reply = client.getDatabase("admin").runCommand(new Document("ping", 1));
        assertThat(reply.keySet()).containsAll(Set.of("operationTime", "$clusterTime"));
        return reply.get("operationTime", BsonTimestamp.class);
    }

    private static BsonDocument everyType() {
        List<BsonValue> values = List.of(
                new BsonObjectId(),
                new BsonString("text"),
                new BsonInt32(7),
                new BsonInt64(7),
                new BsonDouble(7.0),
                new BsonDouble(Double.NaN),
                new BsonDecimal128(Decimal128.parse("1.10")),
                new BsonDateTime(1_700_000_000_123L),
                new BsonTimestamp(1_700_000_000, 5),
                new BsonBinary(new byte[] {1, 2, 3}),
                new BsonBinary(BsonBinarySubType.UUID_STANDARD, new byte[16]),
                new BsonRegularExpression("^a", "i"),
                new BsonJavaScript("f()"),
                new BsonMinKey(),
                new BsonMaxKey(),
                BsonNull.VALUE,
                new BsonDocument("nested", new BsonInt32(1)));
        BsonDocument document = new BsonDocument("_id", new BsonInt32(1));
        for (BsonValue value : values) {
            document.append("field" + document.size(), value);
        }
        return document.append("array", new BsonArray(values));
    }
}
