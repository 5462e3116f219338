package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.load.OrderTopic;
import dev.cdcdelta.bench.load.SinkLoad;
import dev.cdcdelta.bench.load.Skew;
import dev.cdcdelta.bench.sink.SinkConnector;
import dev.cdcdelta.bench.sink.TableReader;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** How many changes a second a real worker brings into a table. */
@CommandLine.Command(
        name = "sink",
        description = {
            "Fills a topic with Debezium's envelopes of orders, lets a sink in a real worker consume it, and measures"
                    + " records a second and what the worker takes of processors and memory.",
            "All documents are inserted first; that warms the worker up and is not measured. Then it is paused, the topic is"
                    + " filled with what is measured, and the sink goes on.",
            "Exit code 0: the table has as many rows as it should; 1: it has not."
        },
        mixinStandardHelpOptions = true)
final class SinkCommand implements Callable<Integer> {
    private static final int MOST_KEYS = 20_000_000;
    private static final String DATABASE = "load";
    private static final String COLLECTION = "orders";

    /** What is measured. */
    enum Profile {
        /** New documents only. */
        INSERT,
        /** Changes of any document, deletes among them. */
        UNIFORM,
        /** The same, of few documents mostly. */
        ZIPF
    }

    /** The sink's write modes that are compared. */
    enum Mode {
        UPSERT,
        APPEND
    }

    @CommandLine.Option(
            names = "--profile",
            defaultValue = "UNIFORM",
            paramLabel = "PROFILE",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Profile profile = Profile.UNIFORM;

    @CommandLine.Option(
            names = "--mode",
            defaultValue = "UPSERT",
            paramLabel = "MODE",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Mode mode = Mode.UPSERT;

    @CommandLine.Option(
            names = "--keys",
            defaultValue = "1000000",
            paramLabel = "K",
            description = "Documents inserted before (default: ${DEFAULT-VALUE}).")
    private int keys;

    @CommandLine.Option(
            names = "--events",
            defaultValue = "500000",
            paramLabel = "N",
            description = "Changes that are measured (default: ${DEFAULT-VALUE}).")
    private int events;

    @CommandLine.Option(
            names = "--deletes",
            defaultValue = "5",
            paramLabel = "D",
            description = "Of a hundred changes (default: ${DEFAULT-VALUE}).")
    private int deletes;

    @CommandLine.Option(
            names = "--tasks",
            defaultValue = "2",
            paramLabel = "T",
            description = "Default: ${DEFAULT-VALUE}.")
    private int tasks;

    @CommandLine.Option(
            names = "--interval",
            defaultValue = "10000",
            paramLabel = "MS",
            description = "Between commits (default: ${DEFAULT-VALUE}).")
    private int interval;

    @CommandLine.Option(
            names = "--transform",
            description = "Read the envelopes with SchemaEvolution$$Value, not by the sink itself.")
    private boolean transform;

    @CommandLine.Option(
            names = "--bytes",
            description = "Hand values to the sink as bytes, not through Connect's JSON converter.")
    private boolean bytes;

    @CommandLine.Option(names = "--s3", description = "Tables on an S3 server, not in a directory.")
    private boolean s3;

    @CommandLine.Mixin
    private LoadOptions load = new LoadOptions();

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() throws IOException {
        if (keys > MOST_KEYS) {
            throw new StackException(
                    "A table of " + keys + " documents would be written for hours, and needs a disk that"
                            + " holds topic and table. `bench keys --keys " + keys
                            + "` measures the key index alone, with keys that"
                            + " are made up; here --keys goes up to " + MOST_KEYS + ".");
        }
        Path directory = directories.create();
        boolean right;
        try (LocalStack stack = LocalStack.start(load.stack(directory, s3), System.err::println)) {
            right = measure(stack.description(), directory);
        }
        if (right) {
            directories.discard(directory);
        }
        return right ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private boolean measure(StackDescription stack, Path directory) throws IOException {
        ChangePlan plan = new ChangePlan(
                load.seed(),
                profile == Profile.INSERT ? keys + events : keys,
                profile == Profile.ZIPF ? Skew.ZIPF : Skew.UNIFORM,
                deletes);
        SinkConnector connector = connector(stack);
        SinkLoad.Outcome outcome;
        OrderEvents orders = new OrderEvents(load.seed(), load.size(), DATABASE, COLLECTION);
        try (OrderTopic topic = new OrderTopic(stack.bootstrapServers(), orders, load.partitions())) {
            outcome = new SinkLoad(stack, System.err::println).run(connector, tasks, topic, plan, keys, events);
        }
        long rows = new TableReader(directory).count(DATABASE, COLLECTION);
        // An event is a row; the tombstone behind a delete is none.
        long expected = mode == Mode.APPEND ? (long) keys + events : outcome.alive();
        results.publish("sink", json(outcome, rows, expected));
        return rows == expected;
    }

    private SinkConnector connector(StackDescription stack) {
        SinkConnector connector = new SinkConnector(stack, "load", "bench." + DATABASE + "." + COLLECTION)
                .with("tasks.max", Integer.toString(tasks))
                .with("commit.interval.ms", Integer.toString(interval))
                .with("write.mode", mode.name().toLowerCase(Locale.ROOT));
        if (bytes) {
            connector.with("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        }
        return transform
                ? connector
                        .with("transforms", "document")
                        .with("transforms.document.type", "dev.cdcdelta.smt.SchemaEvolution$Value")
                : connector;
    }

    private ObjectNode json(SinkLoad.Outcome outcome, long rows, long expected) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode()
                .put("recordsPerSecond", Math.round(outcome.recordsPerSecond()))
                .put("cpuSecondsPerMillion", rounded(outcome.processorSecondsPerMillion()))
                .put("foreignCores", rounded(outcome.reading().foreignCores()))
                .put("workerPeakMegabytes", outcome.reading().peakMemory() >> 20)
                .put("seconds", rounded(outcome.reading().seconds()))
                .put("records", outcome.records())
                .put("rows", rows)
                .put("expected", expected)
                .put("profile", profile.name().toLowerCase(Locale.ROOT))
                .put("mode", mode.name().toLowerCase(Locale.ROOT))
                .put("size", load.size().name().toLowerCase(Locale.ROOT))
                .put("keys", keys)
                .put("events", events)
                .put("tasks", tasks)
                .put("partitions", load.partitions())
                .put("intervalMillis", interval)
                .put("transform", transform)
                .put("bytes", bytes)
                .put("storage", s3 ? "s3" : "file")
                .put("seed", load.seed());
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
