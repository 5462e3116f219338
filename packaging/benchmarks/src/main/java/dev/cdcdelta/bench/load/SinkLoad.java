package dev.cdcdelta.bench.load;

import dev.cdcdelta.bench.sink.CatchUp;
import dev.cdcdelta.bench.sink.GroupProgress;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.process.StackException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Lets a sink connector of a stack consume a topic that was filled before. What it consumes first (all documents once) warms its JVM and fills the table;
 * what it consumes then, from a standing start, is measured.
 */
public final class SinkLoad {
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private final StackDescription stack;
    private final Consumer<String> progress;
    private final Visibility visibility;

    /** Waits for what lies between offsets that a sink has reported and rows that readers see. */
    public interface Visibility {
        /** @param records that the sink has reported since its creation */
        void await(long records);
    }

    /** For this project's sink: what it has reported is in the table. */
    public SinkLoad(StackDescription stack, Consumer<String> progress) {
        this(stack, progress, records -> {});
    }

    public SinkLoad(StackDescription stack, Consumer<String> progress, Visibility visibility) {
        this.stack = stack;
        this.progress = progress;
        this.visibility = visibility;
    }

    /**
     * @param records that were measured; a delete is two
     * @param alive documents that the plan leaves
     * @param reading of the worker's process
     */
    public record Outcome(long records, long alive, Meter.Reading reading) {
        public double recordsPerSecond() {
            return records / reading.seconds();
        }

        public double processorSecondsPerMillion() {
            return reading.processorSeconds() * 1e6 / records;
        }
    }

    /**
     * @param connector not created yet
     * @param warmUp how many changes of the plan come before those that are measured
     * @throws StackException if a task fails, or nothing moves for some minutes
     */
    public Outcome run(
            SinkConnector connector, int tasks, OrderTopic topic, ChangePlan plan, long warmUp, long changes) {
        try (GroupProgress group = new GroupProgress(stack.bootstrapServers(), connector.name(), topic.name())) {
            long warming = topic.fill(plan, warmUp);
            progress.accept(warming + " records are written to warm up " + connector.name());
            connector.put();
            connector.awaitRunning(tasks);
            catchUp(connector, group);
            visibility.await(warming);
            connector.pause();
            connector.awaitPaused(tasks);
            long records = topic.fill(plan, changes);
            progress.accept(records + " records are written; " + connector.name() + " begins");
            Meter meter = new Meter(
                    Objects.requireNonNull(stack.pids().get("worker"), "worker"),
                    stack.pids().values());
            connector.resume();
            catchUp(connector, group);
            visibility.await(warming + records);
            Outcome outcome = new Outcome(records, plan.alive(), meter.read());
            progress.accept(String.format(
                    "%s: %.0f records/s, %.1f s of processors per million, %.2f foreign cores",
                    connector.name(),
                    outcome.recordsPerSecond(),
                    outcome.processorSecondsPerMillion(),
                    outcome.reading().foreignCores()));
            return outcome;
        }
    }

    private static void catchUp(SinkConnector connector, GroupProgress group) {
        new CatchUp(connector, group, STANDSTILL).await().ifPresent(reason -> {
            throw new StackException("The connector " + connector.name() + " does not consume its topic: " + reason);
        });
    }
}
