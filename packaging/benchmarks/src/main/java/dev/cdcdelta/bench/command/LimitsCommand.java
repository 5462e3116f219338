package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.limits.Limits;
import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.Meter;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.bench.load.OrderTopic;
import dev.cdcdelta.bench.load.Skew;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** What nobody gets around. */
@CommandLine.Command(
        name = "limits",
        description = {
            "Measures on one thread of this JVM what bringing a topic into Parquet files costs at least: consuming it,"
                    + " consuming and parsing it, and writing as many rows from memory.",
            "cpuFloorPerMillion is the sum of the last two."
        },
        mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--events",
            defaultValue = "300000",
            paramLabel = "N",
            description = "Documents in the topic (default: ${DEFAULT-VALUE}).")
    private int events;

    @CommandLine.Mixin
    private LoadOptions load = new LoadOptions();

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() throws IOException {
        Path directory = directories.create();
        Limits.Figures figures;
        try (LocalStack stack = LocalStack.start(load.stack(directory, false), System.err::println)) {
            StackDescription description = stack.description();
            OrderEvents orders = new OrderEvents(load.seed(), load.size(), "limits", "orders");
            try (OrderTopic topic = new OrderTopic(description.bootstrapServers(), orders, load.partitions())) {
                topic.fill(new ChangePlan(load.seed(), events, Skew.UNIFORM, 0), events);
                figures = new Limits(
                                description.bootstrapServers(),
                                description.pids().values(),
                                System.err::println)
                        .run(topic.name(), directory);
            }
        }
        directories.discard(directory);
        results.publish("limits", json(figures));
        return CommandLine.ExitCode.OK;
    }

    private ObjectNode json(Limits.Figures figures) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode().put("cpuFloorPerMillion", rounded(figures.floorPerMillion()));
        add(node, "drain", figures.records(), figures.drain());
        add(node, "parse", figures.records(), figures.parse());
        add(node, "parquet", figures.records(), figures.parquet());
        node.put("events", events).put("size", load.size().name()).put("seed", load.seed());
        return node;
    }

    private static void add(ObjectNode node, String name, long records, Meter.Reading reading) {
        node.put(name + "RecordsPerSecond", Math.round(records / reading.seconds()))
                .put(name + "CpuSecondsPerMillion", rounded(reading.processorSeconds() * 1e6 / records))
                .put(name + "ForeignCores", rounded(reading.foreignCores()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
