package dev.cdcdelta.bench.torture;

import dev.cdcdelta.bench.sink.CatchUp;
import dev.cdcdelta.bench.sink.ChangeTopic;
import dev.cdcdelta.bench.sink.GroupProgress;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.bench.sink.TableReader;
import dev.cdcdelta.bench.workload.Events;
import dev.cdcdelta.bench.workload.TableComparison;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.process.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Fills a topic while workers are killed, lets the sink finish, and compares its table with the model. */
public final class Torture {
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    /** A worker that was killed may have had no consumer, so that the same ones stay. */
    private static final Duration PATIENCE_FOR_CONSUMERS = Duration.ofSeconds(12);

    /** Within a slice there are always more events to come, but for its end. */
    private static final Duration PATIENCE_FOR_WORK = Duration.ofMillis(TorturePlan.WINDOW_MILLIS);

    private final LocalStack stack;
    private final Path directory;
    private final Consumer<String> progress;

    public Torture(LocalStack stack, Path directory, Consumer<String> progress) {
        this.stack = stack;
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * @param killsWhileBehind kills that hit a sink with records left to consume
     * @param failure why the sink did not finish; empty if it did
     */
    public record Outcome(
            TableComparison.Result table, long commits, long killsWhileBehind, double seconds, String failure) {
        public boolean isClean() {
            return table.isClean() && failure.isEmpty();
        }
    }

    public Outcome run(TorturePlan plan) {
        long begin = System.nanoTime();
        Workload workload = plan.workload();
        StackDescription description = stack.description();
        Events events = new Events(workload);
        String name = "torture-" + workload.namespace().collection();
        SinkConnector connector = new SinkConnector(
                        description, name, workload.namespace().topic())
                .with("tasks.max", Integer.toString(plan.tasks()));
        if (plan.sharesState()) {
            connector.with("state.dir", directory.resolve("state").toString());
        }
        try (ChangeTopic topic = new ChangeTopic(description.bootstrapServers(), workload);
                GroupProgress group = new GroupProgress(description.bootstrapServers(), name, topic.name());
                EventFeed feed = new EventFeed(events, topic)) {
            topic.create(plan.partitions());
            connector.put();
            connector.awaitRunning(plan.tasks());
            long killsWhileBehind = kill(plan, connector, group, feed);
            feed.begin(workload.events(), 0);
            feed.await();
            progress.accept(
                    workload.events() + " events are written, " + group.behind() + " records are to be consumed");
            Optional<String> failure = new CatchUp(connector, group, STANDSTILL).await();
            double seconds = (System.nanoTime() - begin) / 1e9;
            failure.ifPresent(progress);
            TableReader reader = new TableReader(directory);
            progress.accept("comparing the table with the model");
            TableComparison.Result table = reader.compare(workload, events.state());
            table.examples().forEach(progress);
            long commits = reader.version(workload) + 1;
            connector.delete();
            return new Outcome(table, commits, killsWhileBehind, seconds, failure.orElse(""));
        }
    }

    private long kill(TorturePlan plan, SinkConnector connector, GroupProgress group, EventFeed feed) {
        long whileBehind = 0;
        int number = 0;
        Set<String> dead = Set.of();
        for (TorturePlan.Kill kill : plan.kills()) {
            if (!kill.whileStarting()) {
                connector.awaitRunning(plan.tasks());
                awaitConsumers(group, dead);
                awaitTasks(connector, kill.worker());
            }
            feed.begin(plan.slice(), TorturePlan.WINDOW_MILLIS);
            pause(kill.delayMillis());
            long behind = kill.whileStarting() ? group.behind() : awaitWork(group);
            whileBehind += behind > 0 ? 1 : 0;
            dead = group.assignedMembers();
            long tasks = connector.tasksOn(kill.worker());
            stack.killWorker(kill.worker());
            progress.accept("kill " + ++number + " of " + plan.kills().size() + ": worker " + kill.worker() + " with "
                    + tasks + " tasks, " + kill.delayMillis() + " ms into the slice"
                    + (kill.whileStarting() ? " and while tasks start" : "") + ", " + behind
                    + " records written and not reported as committed");
            stack.startWorker(kill.worker());
            feed.await();
        }
        return whileBehind;
    }

    /** Those that were killed stay members until Kafka misses them, and nobody consumes meanwhile. */
    private static void awaitConsumers(GroupProgress group, Set<String> before) {
        long deadline = System.nanoTime() + PATIENCE_FOR_CONSUMERS.toNanos();
        Set<String> members = group.assignedMembers();
        while ((members.isEmpty() || members.equals(before)) && System.nanoTime() < deadline) {
            pause(100);
            members = group.assignedMembers();
        }
    }

    /** A worker that has just come back gets its share of the tasks a little later. */
    private static void awaitTasks(SinkConnector connector, int worker) {
        long deadline = System.nanoTime() + PATIENCE_FOR_CONSUMERS.toNanos();
        while (connector.tasksOn(worker) == 0 && System.nanoTime() < deadline) {
            pause(100);
        }
    }

    /** A kill of a sink that has nothing to do would show nothing. */
    private static long awaitWork(GroupProgress group) {
        long deadline = System.nanoTime() + PATIENCE_FOR_WORK.toNanos();
        long behind = group.behind();
        while (behind == 0 && System.nanoTime() < deadline) {
            pause(20);
            behind = group.behind();
        }
        return behind;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted before a kill", e);
        }
    }
}
