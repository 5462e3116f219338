package dev.cdcdelta.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.bench.sink.CatchUp;
import dev.cdcdelta.bench.sink.ChangeTopic;
import dev.cdcdelta.bench.sink.GroupProgress;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.bench.sink.TableReader;
import dev.cdcdelta.bench.torture.EventFeed;
import dev.cdcdelta.bench.workload.Events;
import dev.cdcdelta.bench.workload.TableComparison;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.faults.FaultyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A workload on its way through a connector, topic and table of its own. */
final class Trial implements AutoCloseable {
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Workload workload;
    final Events events;
    final ChangeTopic topic;
    final SinkConnector connector;
    final GroupProgress group;
    final EventFeed feed;
    final TableReader reader;

    Trial(LocalStack stack, Path directory, Workload workload) {
        StackDescription description = stack.description();
        String name = "fault-" + workload.namespace().collection();
        this.workload = workload;
        this.events = new Events(workload);
        this.topic = new ChangeTopic(description.bootstrapServers(), workload);
        this.connector = new SinkConnector(description, name, topic.name());
        this.group = new GroupProgress(description.bootstrapServers(), name, topic.name());
        this.feed = new EventFeed(events, topic);
        this.reader = new TableReader(directory);
    }

    static Workload.Namespace namespace(String collection) {
        return new Workload.Namespace("bench", "faults", collection);
    }

    Trial start(int partitions, int tasks) {
        topic.create(partitions);
        connector.with("tasks.max", Integer.toString(tasks)).put();
        connector.awaitRunning(tasks);
        return this;
    }

    /** Writes that share of the workload at once. */
    void write(long count) {
        feed.begin(count, 0);
        feed.await();
    }

    void writeRest() {
        write(workload.events());
    }

    /** Writes until a fault has struck, for a sink that has nothing to do asks nothing of its store. @return how often it has */
    int awaitStrike(FaultyStore store, int before) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (store.strikes() == before && System.nanoTime() < deadline) {
            feed.begin(10, 200);
            feed.await();
        }
        return store.strikes() - before;
    }

    Optional<String> catchUp() {
        return new CatchUp(connector, group, STANDSTILL).await();
    }

    void requireCaughtUp() {
        assertThat(catchUp()).as("why the sink has not caught up").isEmpty();
    }

    /** Ends the tasks; returns when their consumers have left the group. */
    void stopTasks() throws InterruptedException {
        connector.stop();
        while (group.hasMembers()) {
            Thread.sleep(100);
        }
    }

    TableComparison.Result requireEqual() {
        TableComparison.Result result = reader.compare(workload, events.state());
        assertThat(result.examples())
                .as("differences, seed %d", workload.seed())
                .isEmpty();
        assertThat(result.isClean()).isTrue();
        assertThat(result.rows()).isPositive();
        return result;
    }

    @Override
    public void close() {
        feed.close();
        connector.delete();
        group.close();
        topic.close();
    }
}
