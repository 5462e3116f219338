package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.load.DocumentSize;
import dev.cdcdelta.bench.peers.Contender;
import dev.cdcdelta.bench.peers.PeerFigures;
import dev.cdcdelta.bench.peers.PeerSizes;
import dev.cdcdelta.bench.peers.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The sink beside what else could be used. */
@CommandLine.Command(
        name = "peers",
        description = {
            "Measures this sink, Iceberg's Kafka Connect sink, Spark's streaming with Delta Lake, and what nobody gets around,"
                    + " on the same changes in one run.",
            "Needs a build with -Ppeers. Medians of the rounds are told; ratios are formed within a round.",
            "Exit code 0: every table has as many rows as it should; 1: one has not."
        },
        mixinStandardHelpOptions = true)
final class PeersCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "Measurements of each, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @CommandLine.Option(
            names = "--keys",
            defaultValue = "1000000",
            paramLabel = "K",
            description = "Documents that are there before upserts are measured (default: ${DEFAULT-VALUE}).")
    private int keys;

    @CommandLine.Option(
            names = "--events",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Changes that are measured (default: ${DEFAULT-VALUE}).")
    private int events;

    @CommandLine.Option(
            names = "--warm-up",
            defaultValue = "300000",
            paramLabel = "N",
            description = "Documents appended before appends are measured (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @CommandLine.Option(
            names = "--interval",
            defaultValue = "10000",
            paramLabel = "MS",
            description = "Between commits (default: ${DEFAULT-VALUE}).")
    private int interval;

    @CommandLine.Option(
            names = "--tasks",
            defaultValue = "2",
            paramLabel = "T",
            description = "Of connectors; Spark has two threads (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @CommandLine.Option(
            names = "--partitions",
            defaultValue = "4",
            paramLabel = "P",
            description = "Of the topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Determines all documents and changes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @CommandLine.Option(
            names = "--only",
            split = ",",
            paramLabel = "CONTENDER",
            description = "Just these: ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Contender> only = EnumSet.allOf(Contender.class);

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() throws IOException {
        PeerSizes sizes = new PeerSizes(keys, warmUp, events, interval, tasks, partitions, DocumentSize.MEDIUM, seed);
        Path directory = directories.create();
        PeerFigures figures = new PeerFigures(
                new Peers(sizes, only, System.err::println).run(rounds, directory, directories::discard));
        if (figures.isComplete()) {
            directories.discard(directory);
        }
        ObjectNode node = figures.json()
                .put("keys", keys)
                .put("events", events)
                .put("warmUp", warmUp)
                .put("intervalMillis", interval)
                .put("tasks", tasks)
                .put("partitions", partitions)
                .put("size", DocumentSize.MEDIUM.name().toLowerCase(Locale.ROOT))
                .put("seed", seed);
        results.publish("peers", node);
        return figures.isComplete() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
