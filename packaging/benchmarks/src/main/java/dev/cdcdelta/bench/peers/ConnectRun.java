package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.load.OrderTopic;
import dev.cdcdelta.bench.load.SinkLoad;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.bench.sink.TableReader;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Lets a sink connector consume a topic, this project's or Iceberg's, in a worker and with a broker of its own. */
record ConnectRun(PeerSizes sizes, PeerPrograms programs, Consumer<String> progress) {
    private static final String DATABASE = "peer";
    private static final String COLLECTION = "orders";
    private static final String OUR_HEAP = "1g";
    private static final String ICEBERG_HEAP = "4g";

    Run run(Contender contender, Path directory) {
        boolean ours = contender.kind() == Contender.Kind.SINK;
        Path warehouse = directory.resolve("warehouse").toAbsolutePath();
        StackOptions options = StackOptions.in(directory)
                .withoutMongodb()
                .withWorkerHeap(ours ? OUR_HEAP : ICEBERG_HEAP)
                .withStorage(new StackOptions.Storage.Files(warehouse));
        OrderEvents envelopes = new OrderEvents(sizes.seed(), sizes.size(), DATABASE, COLLECTION);
        OrderEvents events = contender == Contender.ICEBERG_PLAIN ? envelopes.in(OrderEvents.Form.DOCUMENT) : envelopes;
        IcebergTable iceberg = new IcebergTable(warehouse);
        try (LocalStack stack = LocalStack.start(
                        ours ? options : options.withPlugins(List.of(programs.icebergPlugin())), progress);
                OrderTopic topic = new OrderTopic(stack.description().bootstrapServers(), events, sizes.partitions())) {
            StackDescription description = stack.description();
            ChangePlan plan = sizes.plan(contender);
            SinkLoad load = ours ? new SinkLoad(description, progress) : new SinkLoad(description, progress, iceberg);
            SinkConnector connector =
                    ours ? ours(contender, description, topic) : iceberg(contender, description, topic);
            SinkLoad.Outcome outcome =
                    load.run(connector, sizes.tasks(), topic, plan, sizes.before(contender), sizes.events());
            long rows = ours ? new TableReader(directory).count(DATABASE, COLLECTION) : iceberg.rows();
            return new Run(contender, outcome.records(), outcome.reading(), rows, outcome.alive(), 0);
        }
    }

    private SinkConnector ours(Contender contender, StackDescription stack, OrderTopic topic) {
        return new SinkConnector(stack, "ours", topic.name())
                .with("tasks.max", Integer.toString(sizes.tasks()))
                .with("commit.interval.ms", Integer.toString(sizes.intervalMillis()))
                .with("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter")
                .with("write.mode", contender.upserts() ? "upsert" : "append");
    }

    private SinkConnector iceberg(Contender contender, StackDescription stack, OrderTopic topic) {
        IcebergSettings settings = new IcebergSettings(
                "iceberg",
                topic.name(),
                stack.bootstrapServers(),
                stack.warehouse(),
                sizes.tasks(),
                sizes.intervalMillis());
        return new SinkConnector(stack, contender == Contender.ICEBERG_PLAIN ? settings.plain() : settings.typed());
    }
}
