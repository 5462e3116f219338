package dev.cdcdelta.bench.readers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.bench.sink.CatchUp;
import dev.cdcdelta.bench.sink.ChangeTopic;
import dev.cdcdelta.bench.sink.GroupProgress;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.bench.torture.EventFeed;
import dev.cdcdelta.bench.workload.Events;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sink has written with updates and deletes, read by everybody else. Fetches Python packages. */
@Tag("slow")
class ForeignReadersIT {
    @TempDir
    static Path directory;

    /** The first third of a workload widens no column: delta-rs refuses tables with the feature typeWidening. */
    @Test
    void sparkDeltaRsAndDuckDbReadTheSameRows() throws Exception {
        Workload workload = Workload.of(31, 30_000, new Workload.Namespace("bench", "readers", "events"));
        Path warehouse = directory.resolve("warehouse");
        StackOptions options = StackOptions.in(directory).withStorage(new StackOptions.Storage.Files(warehouse));
        try (LocalStack stack = LocalStack.start(options)) {
            sink(stack, workload, workload.events() / 3 - 1);
        }

        assertThat(compare(warehouse.resolve("readers/events")))
                .as("exit status of foreign-readers, whose differences are above")
                .isZero();
    }

    private static void sink(LocalStack stack, Workload workload, long events) {
        String servers = stack.description().bootstrapServers();
        SinkConnector connector = new SinkConnector(
                        stack.description(), "readers", workload.namespace().topic())
                .with("table.properties.delta.enableTypeWidening", "false");
        try (ChangeTopic topic = new ChangeTopic(servers, workload);
                GroupProgress group = new GroupProgress(servers, "readers", topic.name());
                EventFeed feed = new EventFeed(new Events(workload), topic)) {
            topic.create(3);
            connector.put();
            connector.awaitRunning(1);
            feed.begin(events, 5_000);
            feed.await();
            assertThat(new CatchUp(connector, group, Duration.ofMinutes(2)).await())
                    .isEmpty();
        }
    }

    private static int compare(Path table) throws IOException, InterruptedException {
        return new ProcessBuilder("./foreign-readers", table.toString())
                .inheritIO()
                .start()
                .waitFor();
    }
}
