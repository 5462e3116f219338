package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.lag.Lag;
import dev.cdcdelta.bench.lag.LagCase;
import dev.cdcdelta.bench.load.Meter;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.StackOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** How old what readers see is. */
@CommandLine.Command(
        name = "lag",
        description = {
            "Measures how long a write takes to be a row of a committed snapshot, for rates and commit intervals.",
            "Rates that the MongoDB stand-in and Debezium carry go through them; for others a producer of change events takes"
                    + " their place, and the figures say so.",
            "Exit code 0: every document became visible; 1: some did not within a minute."
        },
        mixinStandardHelpOptions = true)
final class LagCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--rates",
            split = ",",
            defaultValue = "1000,5000,10000",
            paramLabel = "N",
            description = "Documents a second (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates = List.of();

    @CommandLine.Option(
            names = "--intervals",
            split = ",",
            defaultValue = "1000,5000,10000",
            paramLabel = "MS",
            description = "Between commits (default: ${DEFAULT-VALUE}).")
    private List<Integer> intervals = List.of();

    @CommandLine.Option(
            names = "--seconds",
            defaultValue = "40",
            paramLabel = "N",
            description = "That are measured for each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Determines all documents (default: ${DEFAULT-VALUE}).")
    private long seed;

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() {
        Path directory = directories.create();
        Path warehouse = directory.resolve("warehouse").toAbsolutePath();
        List<LagCase.Outcome> outcomes = new ArrayList<>();
        double capacity;
        Meter.Reading reading;
        StackOptions options = StackOptions.fromEnvironment(directory, System.getenv())
                .withStorage(new StackOptions.Storage.Files(warehouse));
        try (LocalStack stack = LocalStack.start(options, System.err::println)) {
            StackDescription description = stack.description();
            Lag lag = new Lag(description, warehouse, seed, System.err::println);
            Meter meter = new Meter(
                    Objects.requireNonNull(description.pids().get("worker"), "worker"),
                    description.pids().values());
            capacity = lag.capacity();
            for (int interval : intervals) {
                for (int rate : rates) {
                    outcomes.add(lag.run(new LagCase(rate, interval), capacity, seconds));
                }
            }
            reading = meter.read();
        }
        boolean complete = outcomes.stream().allMatch(outcome -> outcome.missing() == 0);
        if (complete) {
            directories.discard(directory);
        }
        results.publish("lag", json(outcomes, capacity, reading).put("complete", complete));
        return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private ObjectNode json(List<LagCase.Outcome> outcomes, double capacity, Meter.Reading reading) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        ArrayNode lags = node.putArray("lags");
        for (LagCase.Outcome outcome : outcomes) {
            LagCase each = outcome.of();
            lags.addObject()
                    .put("rate", each.rate())
                    .put("intervalMillis", each.intervalMillis())
                    .put("p50", rounded(outcome.lag().p50()))
                    .put("p95", rounded(outcome.lag().p95()))
                    .put("p99", rounded(outcome.lag().p99()))
                    .put("source", outcome.throughMongodb() ? "mongodb" : "producer")
                    .put("writtenPerSecond", Math.round(outcome.written()))
                    .put("documents", outcome.documents())
                    .put("missing", outcome.missing());
            node.put(
                    "p95At" + each.rate() + "And" + each.intervalMillis(),
                    rounded(outcome.lag().p95()));
        }
        return node.put("standInDocumentsPerSecond", Math.round(capacity))
                .put("foreignCores", rounded(reading.foreignCores()))
                .put("workerPeakMegabytes", reading.peakMemory() >> 20)
                .put("seconds", seconds)
                .put("seed", seed);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
