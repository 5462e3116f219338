package dev.cdcdelta.bench.lag;

import dev.cdcdelta.bench.load.DocumentSize;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.process.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Measures how long a write takes to become a row of a committed snapshot. Rates that the stand-in and Debezium carry go through them; for
 * higher ones a producer of change events takes their place.
 */
public final class Lag {
    private static final String DATABASE = "lag";
    private static final String SOURCE = "lag-source";
    private static final int PARTITIONS = 4;
    private static final int TASKS = 2;
    private static final int PROBE = 5_000;
    /** A rate goes through MongoDB if that carries so many times as much. */
    private static final double RESERVE = 1.3;

    private static final long SETTLE_MILLIS = 3_000;
    private static final long TICK_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE_FOR_ROWS = Duration.ofMinutes(1);

    private final StackDescription stack;
    private final Path warehouse;
    private final long seed;
    private final Consumer<String> progress;

    /** @param warehouse where the stack keeps its tables */
    public Lag(StackDescription stack, Path warehouse, long seed, Consumer<String> progress) {
        this.stack = stack;
        this.warehouse = warehouse;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Starts Debezium.
     *
     * @return how many documents a second come through MongoDB and Debezium into a topic
     */
    public double capacity() {
        createTopic("probe");
        Map<String, String> settings = new TreeMap<>();
        settings.put("name", SOURCE);
        settings.put("connector.class", "io.debezium.connector.mongodb.MongoDbConnector");
        settings.put("tasks.max", "1");
        settings.put("mongodb.connection.string", "${file:" + stack.secretsFile() + ":mongodb.uri}");
        settings.put("topic.prefix", "bench");
        settings.put("database.include.list", DATABASE);
        settings.put("snapshot.mode", "no_data");
        settings.put("capture.mode", "change_streams_update_full");
        settings.put("poll.interval.ms", "50");
        settings.put("topic.creation.default.partitions", Integer.toString(PARTITIONS));
        settings.put("topic.creation.default.replication.factor", "-1");
        SinkConnector source = new SinkConnector(stack, settings);
        source.put();
        source.awaitRunning(1);
        Writes writes = new Writes(2 * PROBE);
        OrderEvents documents = new OrderEvents(seed, DocumentSize.MEDIUM, DATABASE, "probe");
        try (TopicLocations locations = new TopicLocations(stack.bootstrapServers(), documents.topic(), writes);
                MongoWriter writer = new MongoWriter(stack.mongodbUri(), DATABASE, "probe", documents, writes)) {
            writeUntilStreamed(writer, writes);
            int first = writes.located();
            long begin = System.nanoTime();
            for (int from = first; from < first + PROBE; from += PROBE / 10) {
                writer.write(from, from + PROBE / 10);
            }
            await("the probe came through Debezium", PATIENCE, () -> locations.located() >= first + PROBE);
            double capacity = PROBE / ((System.nanoTime() - begin) / 1e9);
            progress.accept(String.format("%.0f documents/s come through MongoDB and Debezium", capacity));
            return capacity;
        }
    }

    /** Until Debezium has opened its change stream it sees nothing. */
    private static void writeUntilStreamed(Writer writer, Writes writes) {
        int[] next = {0};
        await("Debezium streams", PATIENCE, () -> {
            if (writes.located() == 0 && next[0] < PROBE) {
                writer.write(next[0], next[0] + 1);
                next[0]++;
                pause(200);
                return false;
            }
            return writes.located() > 0;
        });
        // Numbers that were written before the stream began are never located: the rest of the probe begins behind
        // them.
        int written = next[0];
        for (int i = 0; i < written; i++) {
            writes.located(i, 0, 0);
        }
    }

    /** @param seconds that are measured, after some to warm up */
    public LagCase.Outcome run(LagCase each, double capacity, int seconds) {
        boolean throughMongodb = each.rate() * RESERVE <= capacity;
        String collection = each.collection();
        createTopic(collection);
        long settling = SETTLE_MILLIS + each.intervalMillis();
        int before = Math.toIntExact(each.rate() * settling / 1_000);
        int total = before + each.rate() * seconds;
        OrderEvents events = new OrderEvents(seed, DocumentSize.MEDIUM, DATABASE, collection);
        Writes writes = new Writes(total);
        SinkConnector connector = sink(each, events.topic());
        connector.put();
        connector.awaitRunning(TASKS);
        Path table = warehouse.resolve(DATABASE).resolve(collection);
        try (VisibleOffsets visible = new VisibleOffsets(table, connector.name(), events.topic())) {
            double written = throughMongodb
                    ? throughMongodb(each, events, writes, total)
                    : pace(new ProducerWriter(stack.bootstrapServers(), events, writes), each.rate(), total);
            boolean all = holds(PATIENCE_FOR_ROWS, () -> writes.areVisible(total, visible));
            visible.requireHealthy();
            List<Double> lags = writes.lags(before, total, visible);
            if (lags.isEmpty()) {
                throw new StackException("No document of " + events.topic() + " became visible within "
                        + PATIENCE_FOR_ROWS.toSeconds() + " s. "
                        + connector.failure().orElse("The worker's log (--dir keeps it) says more."));
            }
            LagCase.Outcome outcome = new LagCase.Outcome(
                    each, throughMongodb, written, Percentiles.of(lags), total - before, total - before - lags.size());
            progress.accept(String.format(
                    "%d/s, commits every %d ms, %s: p50 %.1f s, p95 %.1f s, p99 %.1f s%s",
                    each.rate(),
                    each.intervalMillis(),
                    throughMongodb ? "through MongoDB" : "from a producer",
                    outcome.lag().p50(),
                    outcome.lag().p95(),
                    outcome.lag().p99(),
                    all ? "" : ", " + outcome.missing() + " documents never seen"));
            return outcome;
        } finally {
            connector.delete();
        }
    }

    private double throughMongodb(LagCase each, OrderEvents events, Writes writes, int total) {
        try (TopicLocations locations = new TopicLocations(stack.bootstrapServers(), events.topic(), writes)) {
            double written = pace(
                    new MongoWriter(stack.mongodbUri(), DATABASE, each.collection(), events, writes),
                    each.rate(),
                    total);
            await("all events were in the topic", PATIENCE, () -> locations.located() >= total);
            return written;
        }
    }

    /** @return documents a second that were written */
    private static double pace(Writer writer, int rate, int total) {
        try (writer) {
            long begin = System.nanoTime();
            int written = 0;
            while (written < total) {
                long due = (long) ((System.nanoTime() - begin) / 1e9 * rate);
                int until = (int) Math.min(total, due);
                writer.write(written, until);
                written = Math.max(written, until);
                pause(TICK_MILLIS);
            }
            return total / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private SinkConnector sink(LagCase each, String topic) {
        return new SinkConnector(stack, "lag-" + each.rate() + "-" + each.intervalMillis(), topic)
                .with("tasks.max", Integer.toString(TASKS))
                .with("commit.interval.ms", Integer.toString(each.intervalMillis()))
                .with("consumer.override.isolation.level", "read_committed")
                .with("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }

    private void createTopic(String collection) {
        String topic = "bench." + DATABASE + "." + collection;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new StackException("The topic " + topic + " was not created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the topic " + topic + " was to be created", e);
        }
    }

    private static void await(String what, Duration patience, BooleanSupplier condition) {
        if (!holds(patience, condition)) {
            throw new StackException("Not within " + patience.toSeconds() + " s: " + what
                    + ". The worker's log in the directory of the suite (--dir keeps it) says more.");
        }
    }

    private static boolean holds(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(50);
        }
        return true;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while lags were measured", e);
        }
    }
}
