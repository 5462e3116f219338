package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands that make a server a replica set with change streams; the library answers the rest.
 *
 * <p>Commands on data run one at a time: the library changes documents in place, and a reader must see each of them whole.
 */
final class ReplicaSetBackend extends MemoryBackend {
    private static final int DEFAULT_BATCH = 1_000;

    private final ClusterClock clock;
    private final ChangeLog log;
    private final Topology topology;
    private final ChangeStreams streams;
    private final ReentrantLock data = new ReentrantLock();

    ReplicaSetBackend(Topology topology, long logCapacity) {
        this.topology = topology;
        this.clock = new ClusterClock(getClock());
        this.log = new ChangeLog(clock, logCapacity);
        this.streams = new ChangeStreams(log, this::lookUp, this::pipeline);
    }

    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
        return new RecordedDatabase(name, getCursorRegistry(), log);
    }

    /** Every MongoDB has its own databases; Debezium takes an empty list for missing rights. */
    @Override
    protected Set<String> listDatabaseNames() {
        Set<String> names = new TreeSet<>(super.listDatabaseNames());
        names.addAll(Namespace.INTERNAL_DATABASES);
        return names;
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        try {
            return Topology.stamped(answer(channel, database, command, query), log.latest());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoServerException("the server is shutting down", e);
        }
    }

    private Document answer(Channel channel, String database, String command, Document query)
            throws InterruptedException {
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "hello", "ismaster" -> topology.hello(clock.instant());
            case "buildinfo" -> topology.buildInfo();
            case "replsetgetstatus" -> topology.status(clock.instant());
            case "aggregate" ->
                isChangeStream(query)
                        ? streams.open(scope(database, query), Aggregation.parse(query.get("pipeline")))
                        : onData(channel, database, command, query);
            case "getmore" -> getMore(channel, database, command, query);
            case "killcursors" -> killCursors(channel, database, command, query);
            case "find" ->
                query.containsKey("min") || query.containsKey("max")
                        ? between(database, withBatchSize(query))
                        : onData(channel, database, command, withBatchSize(query));
            case "collmod" -> new Document("ok", 1.0);
            case "listcollections" ->
                Namespace.isInternal(database) ? emptyCursor(database) : onData(channel, database, command, query);
            default -> onData(channel, database, command, query);
        };
    }

    private Document onData(Channel channel, String database, String command, Document query) {
        data.lock();
        try {
            return super.handleCommand(channel, database, command, query);
        } finally {
            data.unlock();
        }
    }

    /** The library knows no bounds on an index. */
    private Document between(String database, Document query) {
        data.lock();
        try {
            String name = String.valueOf(query.get("find"));
            Document cursor = new Document("id", 0L).append("ns", database + "." + name);
            if (resolveDatabase(database).resolveCollection(name, false) instanceof RecordedCollection collection) {
                QueryResult found = collection.inKeyOrder(
                        (Document) query.get("min"),
                        (Document) query.get("max"),
                        Objects.requireNonNull((Number) query.get("batchSize"), "batchSize")
                                .intValue());
                cursor.put("id", found.getCursorId());
                cursor.put("firstBatch", found.collectDocuments());
            } else {
                cursor.put("firstBatch", List.of());
            }
            return new Document("cursor", cursor).append("ok", 1.0);
        } finally {
            data.unlock();
        }
    }

    private Document getMore(Channel channel, String database, String command, Document query)
            throws InterruptedException {
        long cursor = query.get(command) instanceof Number number ? number.longValue() : 0;
        return ChangeStreams.isChangeStreamCursor(cursor)
                ? streams.next(cursor, query)
                : onData(channel, database, command, withBatchSize(query));
    }

    private Document killCursors(Channel channel, String database, String command, Document query) {
        List<Long> killed = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        for (Object cursor : query.get("cursors") instanceof List<?> cursors ? cursors : List.of()) {
            long number = ((Number) cursor).longValue();
            (streams.close(number) ? killed : others).add(number);
        }
        if (!others.isEmpty()) {
            return onData(channel, database, command, new Document(query).append("cursors", others));
        }
        return new Document("cursorsKilled", killed)
                .append("cursorsNotFound", List.of())
                .append("ok", 1.0);
    }

    /** Without a size the library would put a whole collection into one reply. */
    private static Document withBatchSize(Document query) {
        boolean sized = query.get("batchSize") instanceof Number size && size.intValue() > 0;
        return sized ? query : new Document(query).append("batchSize", DEFAULT_BATCH);
    }

    private static boolean isChangeStream(Document query) {
        return query.get("pipeline") instanceof List<?> stages
                && !stages.isEmpty()
                && stages.get(0) instanceof Document stage
                && stage.containsKey("$changeStream");
    }

    private static ChangeScope scope(String database, Document query) {
        if (query.get("aggregate") instanceof String collection) {
            return new ChangeScope.Collection(new Namespace(database, collection));
        }
        return database.equals("admin") ? new ChangeScope.Cluster() : new ChangeScope.Database(database);
    }

    private static Document emptyCursor(String database) {
        Document cursor = new Document("id", 0L)
                .append("ns", database + ".$cmd.listCollections")
                .append("firstBatch", List.of());
        return new Document("cursor", cursor).append("ok", 1.0);
    }

    private Aggregation pipeline(List<Document> stages) {
        return Aggregation.fromPipeline(stages, this::resolveDatabase, resolveDatabase("admin"), null, oplog);
    }

    /** By {@code {_id: id}}: a query with $eq would bypass the index. */
    private @Nullable Document lookUp(Namespace namespace, Object id) {
        data.lock();
        try {
            MongoCollection<?> collection =
                    resolveDatabase(namespace.database()).resolveCollection(namespace.collection(), false);
            if (collection == null) {
                return null;
            }
            QueryResult found = collection.handleQuery(new Document("_id", id), 0, 1);
            for (Document document : found) {
                return document.cloneDeeply();
            }
            return null;
        } finally {
            data.unlock();
        }
    }
}
