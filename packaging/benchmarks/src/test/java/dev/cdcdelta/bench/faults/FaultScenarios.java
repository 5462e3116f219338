package dev.cdcdelta.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.bench.torture.Torture;
import dev.cdcdelta.bench.torture.TorturePlan;
import dev.cdcdelta.bench.workload.Event;
import dev.cdcdelta.bench.workload.Operation;
import dev.cdcdelta.bench.workload.TableComparison;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.client.SparkProcess;
import dev.cdcdelta.stack.faults.FaultPlan;
import dev.cdcdelta.stack.faults.FaultyStore;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The faults, each at the strength that a test asks for. Each ends with one line that sums it up. */
final class FaultScenarios {
    /** How many events of a thousand come late or twice. */
    private static final int LATE_PER_THOUSAND = Integer.getInteger("bench.late", 30);

    private static final int STILL_FROM = 1_000_000;
    private static final int STILL = 400;
    private static final int SPARK_BURST = 100;
    private static final long FIRST_SPARK_PAUSE_SECONDS = 2;
    private static final String CAUSE = "Caused by: ";

    private final LocalStack stack;
    private final Path directory;

    FaultScenarios(LocalStack stack, Path directory) {
        this.stack = stack;
        this.directory = directory;
    }

    /** Fault 1. */
    void kills(long seed, long events, int kills) {
        Workload workload = workload(seed, events, Trial.namespace("kills_" + Long.toHexString(seed)));
        Torture.Outcome outcome = new Torture(stack, directory, System.out::println)
                .run(TorturePlan.of(
                        workload, 4, 3, stack.description().connectUrls().size(), kills));
        say(
                1,
                "kill -9 of workers, seed " + seed + ", " + events + " events, " + kills + " kills ("
                        + outcome.killsWhileBehind() + " while behind), " + outcome.commits() + " commits",
                outcome.table());
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.table().examples()).isEmpty();
        assertThat(outcome.isClean()).isTrue();
    }

    /** Fault 3. */
    void storage(long seed, List<StorageFault> faults, long millisEach) throws InterruptedException {
        Workload workload =
                workload(seed, 400L * faults.size() + 4_000, Trial.namespace("storage_" + Long.toHexString(seed)));
        TreeMap<String, String> stops = new TreeMap<>();
        try (FaultyStore store = FaultyStore.before(
                        Objects.requireNonNull(stack.description().s3Endpoint()));
                Trial trial = new Trial(stack, directory, workload)) {
            trial.connector
                    .with("hadoop.fs.s3a.endpoint", store.endpoint())
                    // Patience that fits faults of seconds.
                    .with("hadoop.fs.s3a.connection.timeout", "5s")
                    .with("hadoop.fs.s3a.retry.interval", "100ms")
                    .with("hadoop.fs.s3a.retry.throttle.interval", "100ms");
            trial.start(2, 2);
            trial.write(400);
            trial.requireCaughtUp();
            TreeMap<StorageFault, Integer> struck = new TreeMap<>();
            for (StorageFault fault : faults) {
                int before = store.strikes();
                store.set(fault.plan());
                if (fault.needsTasksThatStart()) {
                    trial.connector.restart();
                }
                trial.feed.begin(400, millisEach);
                trial.feed.await();
                struck.merge(fault, trial.awaitStrike(store, before), Math::max);
                store.set(FaultPlan.NONE);
                Optional<String> stopped = fault.mayStopTheTask() ? trial.catchUp() : trial.connector.failure();
                if (stopped.isPresent()) {
                    stops.put(fault.name(), reason(stopped.get()));
                    trial.connector.restart();
                    trial.connector.awaitRunning(2);
                    trial.requireCaughtUp();
                }
            }
            trial.requireCaughtUp();
            TableComparison.Result result = trial.reader.compare(workload, trial.events.state());
            say(
                    3,
                    "S3 faults, seed " + seed + ", struck " + struck + ", " + new TreeMap<>(store.injected())
                            + ", stopped by " + stops.keySet(),
                    result);
            stops.forEach((fault, reason) -> System.out.println("  " + fault + ": " + reason));
            trial.requireEqual();
            Set<String> unexpectedStops = new TreeSet<>(stops.keySet());
            unexpectedStops.removeIf(name -> StorageFault.valueOf(name).mayStopTheTask());
            assertThat(struck.values())
                    .as("how often each fault struck: " + struck)
                    .allMatch(times -> times > 0);
            assertThat(unexpectedStops).as("passing faults that stopped a task").isEmpty();
        }
    }

    /** Fault 4. */
    void rebalances(long seed, int rounds, long eventsPerRound) {
        Workload workload =
                workload(seed, eventsPerRound * (rounds + 1), Trial.namespace("rebalances_" + Long.toHexString(seed)));
        SplittableRandom random = new SplittableRandom(seed);
        List<String> actions = new ArrayList<>();
        try (Trial trial = new Trial(stack, directory, workload)) {
            trial.start(8, 8);
            for (int round = 0; round < rounds; round++) {
                trial.feed.begin(eventsPerRound, 3_000);
                actions.add(rebalance(trial, round, random));
                trial.feed.await();
            }
            trial.writeRest();
            trial.requireCaughtUp();
            say(
                    4,
                    "8 tasks of 2 workers, seed " + seed + ", " + actions,
                    trial.reader.compare(workload, trial.events.state()));
            trial.requireEqual();
        }
    }

    private String rebalance(Trial trial, int round, SplittableRandom random) {
        int tasks = 2 + random.nextInt(7);
        switch (round % 4) {
            case 0 -> {
                trial.connector.with("tasks.max", Integer.toString(tasks)).put();
                return "tasks.max=" + tasks;
            }
            case 1 -> {
                stack.restartWorker(2);
                return "worker 2 restarted";
            }
            case 2 -> {
                trial.connector.pause();
                trial.connector.resume();
                return "paused and resumed";
            }
            default -> {
                trial.connector.with("tasks.max", "8").put();
                return "tasks.max=8";
            }
        }
    }

    /** Fault 5: Spark changes documents that are still, while the sink changes the others. */
    void spark(long seedOfIntegers, long events, int rounds) throws Exception {
        assertThat(seedOfIntegers % 4)
                .as("seeds divisible by 4 give integer ids")
                .isZero();
        Workload workload = workload(seedOfIntegers, events, Trial.namespace("spark_" + seedOfIntegers));
        List<String> statements = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            statements.addAll(sparkStatements(round, rounds));
        }
        try (Trial trial = new Trial(stack, directory, workload)) {
            trial.start(2, 2);
            trial.write(events / 10);
            for (int key = 0; key < STILL; key++) {
                trial.topic.send(new Event(key + 1, STILL_FROM + key, Operation.INSERT));
            }
            trial.topic.flush();
            trial.requireCaughtUp();
            CompletableFuture<Void> spark = CompletableFuture.runAsync(() -> runSpark(workload, statements));
            int bursts = 0;
            long pauseSeconds = FIRST_SPARK_PAUSE_SECONDS;
            do {
                trial.write(SPARK_BURST);
                trial.requireCaughtUp();
                bursts++;
                pauseSeconds *= 2;
            } while (!hasEnded(spark, pauseSeconds));
            spark.join();
            trial.write(SPARK_BURST);
            trial.requireCaughtUp();
            TableComparison comparison = new TableComparison(workload, trial.events.state());
            TreeMap<Integer, String> still = new TreeMap<>();
            List<Integer> repeated = new ArrayList<>();
            trial.reader.rows(workload, row -> {
                int id = row.get("_id").asInt();
                if (id < STILL_FROM) {
                    comparison.add(row);
                } else if (still.put(id - STILL_FROM, sparkName(row)) != null) {
                    repeated.add(id);
                }
            });
            TableComparison.Result result = comparison.result();
            say(
                    5,
                    "Spark beside the sink, seed " + seedOfIntegers + ", " + statements.size() + " statements, "
                            + bursts + " bursts of events meanwhile",
                    result);
            assertThat(result.examples()).isEmpty();
            assertThat(result.isClean()).isTrue();
            assertThat(repeated).isEmpty();
            assertThat(still).isEqualTo(expectedStill());
        }
    }

    private void runSpark(Workload workload, List<String> statements) {
        try {
            new SparkProcess(stack.description())
                    .executeAmongWriters(
                            "faults/" + workload.namespace().collection(), statements.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether Spark has ended after a while without new events. Spark gives way to every commit that comes between its
     * beginning and its end, and would never end if they came without a pause; how long a pause it needs is the machine's.
     */
    private static boolean hasEnded(CompletableFuture<Void> spark, long pauseSeconds) throws Exception {
        try {
            spark.get(pauseSeconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** A quarter of the still documents is deleted, one updated, one merged, one left alone; a part of each in each round. */
    private static List<String> sparkStatements(int round, int rounds) {
        int quarter = STILL / 4;
        int from = STILL_FROM + quarter * round / rounds;
        int to = STILL_FROM + quarter * (round + 1) / rounds;
        return List.of(
                "DELETE FROM {table} WHERE _id >= " + from + " AND _id < " + to,
                "UPDATE {table} SET name = 'updated' WHERE _id >= " + (from + quarter) + " AND _id < " + (to + quarter),
                "OPTIMIZE {table}",
                "MERGE INTO {table} t USING (SELECT CAST(id AS INT) AS k FROM range(" + (from + 2 * quarter) + ", "
                        + (to + 2 * quarter) + ")) s ON t._id = s.k WHEN MATCHED THEN UPDATE SET name = 'merged'",
                "VACUUM {table}");
    }

    private static String sparkName(JsonNode row) {
        String name = row.get("name").asText();
        return name.equals("updated") || name.equals("merged") ? name : "as written";
    }

    private static TreeMap<Integer, String> expectedStill() {
        int quarter = STILL / 4;
        TreeMap<Integer, String> expected = new TreeMap<>();
        for (int key = quarter; key < STILL; key++) {
            expected.put(key, key < 2 * quarter ? "updated" : key < 3 * quarter ? "merged" : "as written");
        }
        return expected;
    }

    /** Fault 6: keys move to other partitions, and what is left in their old ones is read before what the new ones hold. */
    void partitionsAdded(long seed, long events) throws InterruptedException {
        Workload workload = workload(seed, events, Trial.namespace("grown_" + Long.toHexString(seed)));
        try (Trial trial = new Trial(stack, directory, workload)) {
            trial.connector.with("consumer.override.metadata.max.age.ms", "1000");
            trial.start(2, 2);
            trial.write(events / 2);
            trial.topic.grow(5);
            trial.feed.begin(events, 3_000);
            trial.feed.await();
            trial.requireCaughtUp();
            say(
                    6,
                    "partitions added while keys move, seed " + seed + ", " + events + " events",
                    trial.reader.compare(workload, trial.events.state()));
            trial.requireEqual();
        }
    }

    /** Fault 6 the other way round: what the old partitions hold of keys that have moved comes last. */
    void partitionsAddedAndReadFirst(long seed, long events) throws InterruptedException {
        Workload workload = workload(seed, events, Trial.namespace("overtaken_" + Long.toHexString(seed)));
        try (Trial trial = new Trial(stack, directory, workload)) {
            trial.connector.with("consumer.override.metadata.max.age.ms", "1000");
            trial.start(2, 2);
            trial.write(events / 2);
            trial.requireCaughtUp();
            List<Event> left = new ArrayList<>();
            for (long i = 0; i < events / 4; i++) {
                left.add(trial.events.next());
            }
            trial.topic.grow(5);
            trial.writeRest();
            trial.requireCaughtUp();
            left.forEach(event -> trial.topic.sendAmong(2, event));
            trial.topic.flush();
            trial.requireCaughtUp();
            say(
                    6,
                    "partitions added and read before the old ones, seed " + seed + ", " + events + " events",
                    trial.reader.compare(workload, trial.events.state()));
            trial.requireEqual();
        }
    }

    /** Fault 8, first part. */
    void offsetsForgottenAndRewound(long seed, long events) throws InterruptedException {
        Workload workload = workload(seed, events, Trial.namespace("rewound_" + Long.toHexString(seed)));
        try (Trial trial = new Trial(stack, directory, workload)) {
            trial.start(3, 2);
            trial.write(events / 3);
            trial.requireCaughtUp();
            trial.stopTasks();
            trial.group.forget();
            trial.connector.resume();
            trial.write(events / 3);
            trial.requireCaughtUp();
            trial.requireEqual();
            trial.stopTasks();
            trial.group.rewind();
            trial.connector.resume();
            trial.writeRest();
            trial.requireCaughtUp();
            say(
                    8,
                    "group offsets deleted, then rewound to zero, seed " + seed,
                    trial.reader.compare(workload, trial.events.state()));
            trial.requireEqual();
        }
    }

    /** Fault 8, second part. */
    void topicRecreated(long seed) throws InterruptedException {
        Workload workload = workload(seed, 600, Trial.namespace("recreated_" + Long.toHexString(seed)));
        try (Trial trial = new Trial(stack, directory, workload)) {
            trial.start(1, 1);
            trial.write(500);
            trial.requireCaughtUp();
            TableComparison.Result before = trial.requireEqual();
            trial.stopTasks();
            trial.topic.delete();
            recreate(trial);
            trial.connector.resume();
            String failure = trial.catchUp().orElse("");
            say(8, "topic recreated, seed " + seed + ", the task stopped with: " + reason(failure), before);
            assertThat(reason(failure)).contains(trial.topic.name(), "offset");
        }
    }

    /** With fewer records than the table has seen. */
    private static void recreate(Trial trial) throws InterruptedException {
        boolean created = false;
        for (int attempt = 0; !created; attempt++) {
            try {
                trial.topic.create(1);
                created = true;
            } catch (StackException stillBeingDeleted) {
                if (attempt > 50) {
                    throw stillBeingDeleted;
                }
                Thread.sleep(200);
            }
        }
        for (int key = 0; key < 10; key++) {
            trial.topic.send(new Event(10_000 + key, key, Operation.UPDATE));
        }
        trial.topic.flush();
    }

    /** The message that the sink has given, without what Connect says around it. */
    private static String reason(String trace) {
        return trace.lines()
                .filter(line -> line.startsWith(CAUSE))
                .map(line -> line.substring(CAUSE.length()))
                .findFirst()
                .orElse(trace);
    }

    private static Workload workload(long seed, long events, Workload.Namespace namespace) {
        return Workload.of(seed, events, namespace).withLatePerThousand(LATE_PER_THOUSAND);
    }

    private static void say(int fault, String what, TableComparison.Result result) {
        System.out.printf(
                "fault %d: %s; rows %d, expected %d, missing %d, duplicated %d, different %d, unexpected %d%n",
                fault,
                what,
                result.rows(),
                result.expected(),
                result.missing(),
                result.duplicated(),
                result.different(),
                result.unexpected());
    }
}
