package dev.cdcdelta.stack;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/** Inserts, updates and deletes users until closed, so that there is always something in flight. */
final class ConstantLoad implements AutoCloseable {
    private static final int KEYS = 500;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long SEED = 20_261_122;

    private final MongoCollection<Document> users;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "constant load");
    private volatile boolean closed;

    private ConstantLoad(MongoCollection<Document> users) {
        this.users = users;
        thread.setUncaughtExceptionHandler((dead, cause) -> failure.set(cause));
    }

    static ConstantLoad on(MongoDatabase database) {
        ConstantLoad load = new ConstantLoad(database.getCollection("users"));
        load.thread.start();
        return load;
    }

    void requireUnharmed() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError("The load has ended early", cause);
        }
    }

    private void run() {
        Random random = new Random(SEED);
        for (int step = 0; !closed; step++) {
            String id = "load-" + random.nextInt(KEYS);
            if (random.nextInt(10) == 0) {
                users.deleteOne(eq("_id", id));
            } else if (users.updateOne(eq("_id", id), Updates.set("step", step)).getMatchedCount() == 0) {
                users.insertOne(new Document("_id", id).append("step", step).append("first_step", step));
            }
            // Some hundred changes a second: enough to be always in the middle of something, few enough to catch up
            // with.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
