package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.Meter;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.load.OrderTopic;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackOptions;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Lets Spark consume a topic. Its batches are made as large as it can bring in within the commit interval: three batches of growing size,
 * the first to warm up, tell how long it takes for how much, and further ones let it grow.
 */
record SparkRun(PeerSizes sizes, PeerPrograms programs, Consumer<String> progress) {
    private static final long LOAD_BATCH = 250_000;
    private static final int SMALL_PART = 20;
    private static final int LARGE_PART = 5;
    private static final int CORRECTIONS = 4;

    Run run(Contender contender, Path directory) {
        ChangePlan plan = sizes.plan(contender);
        String mode = contender.upserts() ? "merge" : "append";
        StackOptions options = StackOptions.in(directory)
                .withoutMongodb()
                .withStorage(new StackOptions.Storage.Files(directory.resolve("unused")));
        try (LocalStack stack = LocalStack.start(options, progress)) {
            String kafka = stack.description().bootstrapServers();
            OrderEvents events = new OrderEvents(sizes.seed(), sizes.size(), "peer", "orders");
            try (OrderTopic topic = new OrderTopic(kafka, events, sizes.partitions());
                    SparkStream spark = SparkStream.start(programs.sparkReader(), kafka, topic.name(), directory)) {
                topic.fill(plan, sizes.before(contender));
                spark.consume(contender.upserts() ? "load" : "append", LOAD_BATCH);
                long most = batchSize(plan, topic, spark, mode);
                long records = topic.fill(plan, sizes.events());
                Meter meter = new Meter(spark.pid(), stack.description().pids().values());
                SparkStream.Answer answer = spark.consume(mode, most);
                Meter.Reading reading = meter.read();
                progress.accept(String.format(
                        "%s: %d batches of %d records and %.1f s",
                        contender.title(), answer.batches(), most, answer.batchSeconds()));
                return new Run(contender, records, reading, spark.rows(), plan.alive(), answer.batchSeconds());
            }
        }
    }

    private long batchSize(ChangePlan plan, OrderTopic topic, SparkStream spark, String mode) {
        batch(plan, topic, spark, mode, sizes.events() / SMALL_PART);
        SparkStream.Answer small = batch(plan, topic, spark, mode, sizes.events() / SMALL_PART);
        SparkStream.Answer large = batch(plan, topic, spark, mode, sizes.events() / LARGE_PART);
        double interval = sizes.intervalMillis() / 1e3;
        long most = BatchFit.recordsFor(
                interval, small.records(), small.batchSeconds(), large.records(), large.batchSeconds());
        // Spark gets faster while its JVM warms up: the batch grows with it, or it would be measured with too small
        // ones.
        // It never shrinks: where the fixed part of a batch fills the interval, smaller ones only make Spark look
        // slower.
        for (int correction = 0; correction < CORRECTIONS; correction++) {
            int changes = (int) Math.min(most, sizes.events());
            SparkStream.Answer tried = batch(plan, topic, spark, mode, changes);
            if (BatchFit.fills(interval, tried.batchSeconds())) {
                return changes;
            }
            most = BatchFit.grown(interval, changes, tried.batchSeconds());
        }
        return Math.min(most, sizes.events());
    }

    private static SparkStream.Answer batch(
            ChangePlan plan, OrderTopic topic, SparkStream spark, String mode, int changes) {
        // Room for more than there is, or what does not divide by the partitions would be a batch of its own.
        return spark.consume(mode, 2 * topic.fill(plan, changes));
    }
}
