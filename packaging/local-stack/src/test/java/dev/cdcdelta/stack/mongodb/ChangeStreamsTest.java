package dev.cdcdelta.stack.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import com.mongodb.client.model.changestream.FullDocumentBeforeChange;
import com.mongodb.client.model.changestream.OperationType;
import com.mongodb.client.model.changestream.UpdateDescription;
import dev.cdcdelta.stack.process.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeStreamsTest {
    private static final int LOG_CAPACITY = 20_000;

    private MongoStandIn server;
    private MongoClient client;
    private MongoCollection<Document> orders;

    @BeforeEach
    void start() {
        server = MongoStandIn.start(new FreePorts().next(), LOG_CAPACITY);
        client = MongoClients.create(server.uri());
        orders = client.getDatabase("shop").getCollection("orders");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void reportsInsertUpdateReplaceAndDelete() {
        try (var stream = orders.watch().cursor()) {
            orders.insertOne(order(1, "a"));
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "b"));
            orders.replaceOne(Filters.eq("_id", 1), new Document("name", "c"));
            orders.deleteOne(Filters.eq("_id", 1));

            List<ChangeStreamDocument<Document>> events = next(stream, 4);

            assertThat(events)
                    .extracting(ChangeStreamDocument::getOperationType)
                    .containsExactly(
                            OperationType.INSERT, OperationType.UPDATE, OperationType.REPLACE, OperationType.DELETE);
            assertThat(events)
                    .extracting(ChangeStreamDocument::getFullDocument)
                    .containsExactly(order(1, "a"), null, order(1, "c"), null);
            assertThat(events).allSatisfy(event -> {
                assertThat(event.getNamespace()).hasToString("shop.orders");
                assertThat(event.getDocumentKey()).isEqualTo(BsonDocument.parse("{_id: 1}"));
                assertThat(event.getWallTime()).isNotNull();
            });
            assertThat(events).extracting(ChangeStreamDocument::getClusterTime).isSorted();
            assertThat(events).extracting(ChangeStreamDocument::getClusterTime).doesNotHaveDuplicates();
        }
    }

    @Test
    void describesAnUpdateByPaths() {
        orders.insertOne(
                Document.parse("{_id: 1, gone: 1, same: 1, inner: {a: 1, b: 2}, list: [1, 2, 3], short: [1]}"));
        try (var stream = orders.watch().cursor()) {
            orders.updateOne(
                    Filters.eq("_id", 1),
                    Updates.combine(
                            Updates.unset("gone"),
                            Updates.set("inner.b", 3),
                            Updates.set("list", List.of(1, 9)),
                            Updates.push("short", 2),
                            Updates.set("fresh", "x")));

            UpdateDescription description = next(stream, 1).get(0).getUpdateDescription();

            assertThat(description.getUpdatedFields())
                    .isEqualTo(BsonDocument.parse("{'inner.b': 3, 'list.1': 9, 'short.1': 2, fresh: 'x'}"));
            assertThat(description.getRemovedFields()).containsExactly("gone");
            assertThat(description.getTruncatedArrays()).hasSize(1).allSatisfy(truncated -> {
                assertThat(truncated.getField()).isEqualTo("list");
                assertThat(truncated.getNewSize()).isEqualTo(2);
            });
        }
    }

    @Test
    void reportsEveryWayOfWriting() {
        try (var stream = orders.watch().cursor()) {
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "a"), new UpdateOptions().upsert(true));
            orders.findOneAndUpdate(Filters.eq("_id", 1), Updates.set("name", "b"));
            orders.findOneAndReplace(Filters.eq("_id", 1), new Document("name", "c"));
            orders.findOneAndDelete(Filters.eq("_id", 1));
            orders.insertMany(List.of(order(2, "a"), order(3, "a")));
            orders.updateMany(Filters.eq("name", "a"), Updates.set("name", "b"));
            orders.deleteMany(Filters.eq("name", "b"));

            assertThat(next(stream, 10))
                    .extracting(event -> event.getOperationType().getValue())
                    .containsExactly(
                            "insert", "update", "replace", "delete", "insert", "insert", "update", "update", "delete",
                            "delete");
        }
    }

    @Test
    void reportsNothingForAWriteThatFailedOrChangedNothing() {
        orders.insertOne(order(1, "a"));
        try (var stream = orders.watch().cursor()) {
            assertThatThrownBy(() -> orders.insertMany(List.of(order(1, "b"))))
                    .isInstanceOf(MongoBulkWriteException.class);
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "a"));
            orders.insertOne(order(2, "last"));

            assertThat(next(stream, 1).get(0).getFullDocument()).isEqualTo(order(2, "last"));
        }
    }

    @Test
    void looksUpTheDocumentAsItIsNow() {
        orders.insertMany(List.of(order(1, "a"), order(2, "a")));
        try (var stream = orders.watch()
                .fullDocument(FullDocument.UPDATE_LOOKUP)
                .batchSize(1)
                .cursor()) {
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "b"));
            orders.updateOne(Filters.eq("_id", 2), Updates.set("name", "b"));
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "c"));
            orders.deleteOne(Filters.eq("_id", 2));

            assertThat(next(stream, 3))
                    .extracting(ChangeStreamDocument::getFullDocument)
                    .containsExactly(order(1, "c"), null, order(1, "c"));
        }
    }

    @Test
    void givesImagesBeforeAndAfterTheChange() {
        orders.insertOne(order(1, "a"));
        try (var stream = orders.watch()
                .fullDocument(FullDocument.REQUIRED)
                .fullDocumentBeforeChange(FullDocumentBeforeChange.REQUIRED)
                .cursor()) {
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "b"));
            orders.updateOne(Filters.eq("_id", 1), Updates.set("name", "c"));
            orders.deleteOne(Filters.eq("_id", 1));

            List<ChangeStreamDocument<Document>> events = next(stream, 3);
            assertThat(events)
                    .extracting(ChangeStreamDocument::getFullDocument)
                    .containsExactly(order(1, "b"), order(1, "c"), null);
            assertThat(events)
                    .extracting(ChangeStreamDocument::getFullDocumentBeforeChange)
                    .containsExactly(order(1, "a"), order(1, "b"), order(1, "c"));
        }
    }

    @Test
    void resumesAfterATokenWithoutLossOrRepetition() {
        BsonDocument token;
        try (var stream = orders.watch().cursor()) {
            orders.insertMany(List.of(order(1, "a"), order(2, "a"), order(3, "a")));
            token = next(stream, 2).get(1).getResumeToken();
        }
        orders.insertOne(order(4, "a"));

        assertThat(ids(orders.watch().resumeAfter(token), 2)).containsExactly(3, 4);
        assertThat(ids(orders.watch().startAfter(token), 2)).containsExactly(3, 4);
    }

    @Test
    void startsAtAnOperationTime() {
        orders.insertMany(List.of(order(1, "a"), order(2, "a")));
        List<ChangeStreamDocument<Document>> events;
        try (var stream = orders.watch().cursor()) {
            orders.insertMany(List.of(order(3, "a"), order(4, "a")));
            events = next(stream, 2);
        }

        assertThat(ids(orders.watch().startAtOperationTime(events.get(0).getClusterTime()), 2))
                .containsExactly(3, 4);
    }

    @Test
    void movesTheTokenOnWhileNothingOfInterestHappens() {
        try (var stream = orders.watch().cursor()) {
            BsonDocument first = stream.getResumeToken();
            client.getDatabase("shop").getCollection("others").insertOne(order(1, "a"));
            assertThat(stream.tryNext()).isNull();

            assertThat(stream.getResumeToken()).isNotEqualTo(first);
        }
    }

    @Test
    void refusesToResumeBeforeTheOldestChangeItKeeps() {
        BsonDocument token;
        try (var stream = orders.watch().cursor()) {
            orders.insertOne(order(0, "a"));
            token = next(stream, 1).get(0).getResumeToken();
        }
        for (int id = 1; id <= 100; id++) {
            orders.insertOne(order(id, "a"));
        }

        assertHistoryLost(orders.watch().resumeAfter(token));
    }

    @Test
    void refusesToResumeFromBeforeItsOwnStart() {
        assertHistoryLost(orders.watch()
                .resumeAfter(BsonDocument.parse("{_data: '82%016X2B0229296E04'}".formatted(1_000_000_000L << 32))));
    }

    @Test
    void waitsForTheNextEvent() throws Exception {
        try (var stream = orders.watch().cursor()) {
            CompletableFuture<ChangeStreamDocument<Document>> event = CompletableFuture.supplyAsync(stream::next);
            orders.insertOne(order(1, "a"));

            assertThat(event.get(30, TimeUnit.SECONDS).getFullDocument()).isEqualTo(order(1, "a"));
        }
    }

    @Test
    void watchesACollectionADatabaseOrEverything() {
        try (var collection = orders.watch().cursor();
                var database = client.getDatabase("shop").watch().cursor();
                var everything = client.watch().cursor()) {
            client.getDatabase("bank").getCollection("accounts").insertOne(order(1, "a"));
            client.getDatabase("shop").getCollection("others").insertOne(order(2, "a"));
            orders.insertOne(order(3, "a"));

            assertThat(next(collection, 1)).extracting(ChangeStreamsTest::id).containsExactly(3);
            assertThat(next(database, 2)).extracting(ChangeStreamsTest::id).containsExactly(2, 3);
            assertThat(next(everything, 3)).extracting(ChangeStreamsTest::id).containsExactly(1, 2, 3);
        }
    }

    @Test
    void runsTheRestOfThePipelineOverTheEvents() {
        try (var stream = orders.watch(List.of(Aggregates.match(Filters.eq("fullDocument.name", "wanted"))))
                .cursor()) {
            orders.insertMany(List.of(order(1, "a"), order(2, "wanted"), order(3, "b"), order(4, "wanted")));

            assertThat(next(stream, 2)).extracting(ChangeStreamsTest::id).containsExactly(2, 4);
        }
    }

    @Test
    void reportsADroppedCollection() {
        orders.insertOne(order(1, "a"));
        try (var stream = client.getDatabase("shop").watch().cursor()) {
            orders.drop();

            assertThat(next(stream, 1).get(0).getOperationType()).isEqualTo(OperationType.DROP);
        }
    }

    private static void assertHistoryLost(ChangeStreamIterable<Document> stream) {
        assertThatThrownBy(() -> stream.cursor().close())
                .isInstanceOfSatisfying(MongoCommandException.class, failure -> {
                    assertThat(failure.getErrorCode()).isEqualTo(286);
                    assertThat(failure.getErrorCodeName()).isEqualTo("ChangeStreamHistoryLost");
                });
    }

    private static List<Integer> ids(ChangeStreamIterable<Document> stream, int count) {
        try (var cursor = stream.cursor()) {
            return next(cursor, count).stream().map(ChangeStreamsTest::id).toList();
        }
    }

    private static int id(ChangeStreamDocument<Document> event) {
        return event.getDocumentKey().getInt32("_id").getValue();
    }

    private static List<ChangeStreamDocument<Document>> next(
            MongoChangeStreamCursor<ChangeStreamDocument<Document>> stream, int count) {
        List<ChangeStreamDocument<Document>> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(stream.next());
        }
        return events;
    }

    private static Document order(int id, String name) {
        return new Document("_id", id).append("name", name);
    }
}
