package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.keys.KeySizes;
import dev.cdcdelta.bench.keys.Keys;
import dev.cdcdelta.bench.load.Meter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The key index alone. */
@CommandLine.Command(
        name = "keys",
        description = {
            "Fills the sink's key index with keys that are made up, and looks up and replaces some at random, beside a small"
                    + " index in turn: what K = 100 M costs without as many rows behind it.",
            "The launcher gives this suite 2 GiB of heap and 1 GiB off it."
        },
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--keys-small",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private long keysSmall;

    @CommandLine.Option(
            names = "--keys",
            defaultValue = "100000000",
            paramLabel = "K",
            description = "Of the large index, half of them in each of two stores (default: ${DEFAULT-VALUE}).")
    private long keys;

    @CommandLine.Option(
            names = "--batch",
            defaultValue = "50000",
            paramLabel = "N",
            description = "Keys of a flush (default: ${DEFAULT-VALUE}).")
    private int batch;

    @CommandLine.Option(
            names = "--rounds",
            defaultValue = "40",
            paramLabel = "N",
            description = "Flushes of each index, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() {
        Path directory = directories.create();
        Meter meter = new Meter(ProcessHandle.current().pid(), List.of());
        Keys.Figures figures =
                new Keys(new KeySizes(keysSmall, keys, batch, rounds, seed), System.err::println).run(directory);
        Meter.Reading reading = meter.read();
        directories.discard(directory);
        ObjectNode node = new ObjectMapper()
                .createObjectNode()
                .put("speedRatio", rounded(figures.speedRatio()))
                .put("addedMicrosPerKey", rounded(1e6 / figures.large() - 1e6 / figures.small()))
                .put("cpuRatio", rounded(figures.cpuRatio()))
                .put("keysPerSecondSmall", Math.round(figures.small()))
                .put("keysPerSecond", Math.round(figures.large()))
                .put("peakMegabytes", figures.memory().peak() >> 20)
                .put("anonymousMegabytes", figures.memory().anonymous() >> 20)
                .put("loadSeconds", rounded(figures.loadSeconds()))
                .put("reopenSeconds", rounded(figures.reopenSeconds()))
                .put("foreignCores", rounded(reading.foreignCores()))
                .put("keys", figures.keysLarge())
                .put("keysSmall", keysSmall)
                .put("batch", batch)
                .put("rounds", rounds)
                .put("heapMegabytes", Runtime.getRuntime().maxMemory() >> 20)
                .put("seed", seed);
        results.publish("keys", node);
        return CommandLine.ExitCode.OK;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
