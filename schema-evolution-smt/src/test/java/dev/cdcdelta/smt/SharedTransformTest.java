package dev.cdcdelta.smt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.Meaning;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads and many topics: tasks of one worker that have a transform each, tasks that share one, topics without number. */
class SharedTransformTest {
    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void threadsThatShareATransformLoseNoFieldAndAgreeOnOneSchema() throws Exception {
        Random random = Seed.random(this);
        for (int round = 0; round < 30; round++) {
            try (SchemaEvolution<SinkRecord> shared = transform(Map.of())) {
                List<BsonDocument> documents = documents(random);
                List<List<BsonDocument>> shares = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    List<BsonDocument> share = new ArrayList<>(documents);
                    Collections.shuffle(share, random);
                    shares.add(share);
                }
                atOnce(thread -> {
                    for (BsonDocument document : shares.get(thread)) {
                        Struct struct = struct(shared, "t", document);
                        assertThat(Meaning.of(ConnectBson.of(struct.schema(), struct)))
                                .isEqualTo(Meaning.of(document));
                    }
                    return thread;
                });
                Schema settled = struct(shared, "t", documents.get(0)).schema();
                List<Schema> seen = atOnce(thread -> {
                    Schema schema = settled;
                    for (BsonDocument document : shares.get(thread)) {
                        schema = struct(shared, "t", document).schema();
                        assertThat(schema).isSameAs(settled);
                    }
                    return schema;
                });
                assertThat(seen).hasSize(THREADS);
                Set<String> fields = new TreeSet<>(Set.of("_id", "both"));
                IntStream.range(0, documents.size()).forEach(i -> fields.add("own" + i));
                assertThat(new TreeSet<>(names(settled))).isEqualTo(fields);
                assertThat(settled.field("both").schema().type()).isEqualTo(Schema.Type.INT64);
            }
        }
    }

    /** Each with a field of its own, and one whose type widens. */
    private static List<BsonDocument> documents(Random random) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String both = random.nextBoolean() ? Integer.toString(i) : "{\"$numberLong\":\"" + i + "\"}";
            documents.add(ExtendedJson.parseDocument(
                    "{\"_id\":" + i + ",\"own" + i + "\":{\"a\":[" + i + "]},\"both\":" + both + "}"));
        }
        documents.add(ExtendedJson.parseDocument("{\"_id\":40,\"own40\":true,\"both\":{\"$numberLong\":\"1\"}}"));
        return documents;
    }

    @Test
    void tasksWithATransformEachDoNotMeetInAnything() throws Exception {
        Random random = Seed.random(this);
        List<BsonDocument> documents = documents(random);
        List<Set<String>> types = atOnce(thread -> {
            List<BsonDocument> share = new ArrayList<>(documents);
            Collections.shuffle(share, new Random(thread));
            try (SchemaEvolution<SinkRecord> own = transform(Map.of())) {
                Schema alone = struct(own, "t", share.get(0)).schema();
                assertThat(alone.fields()).hasSize(3);
                share.forEach(document -> struct(own, "t", document));
                Schema schema = struct(own, "t", share.get(0)).schema();
                Set<String> described = new TreeSet<>();
                schema.fields()
                        .forEach(field -> described.add(
                                field.name() + " " + field.schema().type()));
                return described;
            }
        });
        assertThat(types).hasSize(THREADS).containsOnly(types.get(0));
    }

    @Test
    void keysFromManyThreadsKeepTheirSchemas() throws Exception {
        List<String> ids =
                List.of("7", "\"a\"", "{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}", "true", "{\"a\":1}", "{\"b\":1}");
        try (SchemaEvolution<SinkRecord> keys = new SchemaEvolution.Key<>()) {
            keys.configure(Map.of());
            List<Schema> first = new ArrayList<>();
            ids.forEach(id -> first.add(key(keys, id).schema()));
            assertThat(first).doesNotHaveDuplicates();
            atOnce(thread -> {
                for (int i = 0; i < 600; i++) {
                    int at = (i + thread) % ids.size();
                    assertThat(key(keys, ids.get(at)).schema()).isSameAs(first.get(at));
                }
                return thread;
            });
        }
    }

    private static Struct key(SchemaEvolution<SinkRecord> keys, String id) {
        SinkRecord record = new SinkRecord("t", 0, null, Map.of("id", id), null, null, 0);
        return (Struct) requireNonNull(keys.apply(record)).key();
    }

    /** The least recently used topics are forgotten, and no other: a topic that is known still has the field of its first document. */
    @Test
    void tenThousandTopicsStayWithinTheBound() {
        int bound = 250;
        int topics = 10_000;
        try (SchemaEvolution<SinkRecord> transform =
                transform(Map.of(SchemaEvolution.CACHED_TOPICS, Integer.toString(bound)))) {
            BsonDocument wide = ExtendedJson.parseDocument("{\"_id\":1,\"first\":1}");
            BsonDocument narrow = new BsonDocument("_id", new BsonInt32(2));
            for (int topic = 0; topic < topics; topic++) {
                assertThat(names(struct(transform, "t" + topic, wide).schema())).containsExactly("_id", "first");
            }
            for (int topic = topics - bound; topic < topics; topic++) {
                assertThat(names(struct(transform, "t" + topic, narrow).schema()))
                        .as("topic %d is remembered", topic)
                        .containsExactly("_id", "first");
            }
            for (int topic = 0; topic < topics - bound; topic++) {
                assertThat(names(struct(transform, "t" + topic, narrow).schema()))
                        .as("topic %d is forgotten", topic)
                        .containsExactly("_id");
            }
        }
    }

    @Test
    void aThousandTopicsAreRememberedByDefaultAndNotOneMore() {
        try (SchemaEvolution<SinkRecord> transform = transform(Map.of())) {
            BsonDocument wide = ExtendedJson.parseDocument("{\"_id\":1,\"first\":1}");
            BsonDocument narrow = new BsonDocument("_id", new BsonInt32(2));
            for (int topic = 0; topic <= 1000; topic++) {
                struct(transform, "t" + topic, wide);
            }
            for (int topic = 1; topic <= 1000; topic++) {
                assertThat(names(struct(transform, "t" + topic, narrow).schema()))
                        .hasSize(2);
            }
            assertThat(names(struct(transform, "t0", narrow).schema())).hasSize(1);
        }
    }

    @Test
    void keysOfManyTypesAreReadPastTheBoundOfTheirSchemas() {
        try (SchemaEvolution<SinkRecord> keys = new SchemaEvolution.Key<>()) {
            keys.configure(Map.of());
            key(keys, "1");
            for (int i = 0; i < 1_000; i++) {
                assertThat(key(keys, "{\"k" + i + "\":1}").getStruct("_id").get("k" + i))
                        .isEqualTo(1L);
            }
            assertThat(key(keys, "2").get("_id")).isEqualTo(2L);
        }
    }

    private interface Share<T> {
        T of(int thread) throws Exception;
    }

    private <T> List<T> atOnce(Share<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<T>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            tasks.add(() -> {
                start.await();
                return work.of(own);
            });
        }
        List<T> results = new ArrayList<>();
        for (Future<T> done : threads.invokeAll(tasks)) {
            results.add(done.get());
        }
        return results;
    }

    private static SchemaEvolution<SinkRecord> transform(Map<String, String> settings) {
        SchemaEvolution<SinkRecord> transform = new SchemaEvolution.Value<>();
        transform.configure(settings);
        return transform;
    }

    private static Struct struct(SchemaEvolution<SinkRecord> transform, String topic, BsonDocument document) {
        Map<String, Object> envelope =
                Map.of("op", "c", "after", ExtendedJson.text(document), "source", Map.of("collection", "orders"));
        SinkRecord record = new SinkRecord(topic, 0, null, Map.of("id", "1"), null, envelope, 7);
        return (Struct) Objects.requireNonNull(transform.apply(record)).value();
    }

    private static List<String> names(Schema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }
}
