package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.smt.TransformSpeed;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** How fast documents become typed. */
@CommandLine.Command(
        name = "smt",
        description = {
            "Measures, on one thread, how many documents of 1.2 KB SchemaEvolution$Value turns from extended JSON into"
                    + " typed Structs in a second, beside Iceberg's MongoDebeziumTransform on the same records.",
            "Each measurement has a JVM of its own (JMH); medians of the rounds are told."
        },
        mixinStandardHelpOptions = true)
final class SmtCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "Measurements of each transform, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @CommandLine.Option(
            names = "--seconds",
            defaultValue = "5",
            paramLabel = "N",
            description = "Of one measurement, and of warming up for it (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() {
        TransformSpeed.Figures figures = new TransformSpeed(rounds, seconds, seed).run(System.err::println);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode()
                .put("documentsPerSecond", Math.round(figures.schemaless().documentsPerSecond()))
                .put("ratioToIcebergTransform", Math.round(figures.ratio() * 100) / 100.0)
                .put(
                        "bytesAllocatedPerDocument",
                        Math.round(figures.schemaless().bytesPerDocument()))
                .put(
                        "documentsPerSecondWithSchema",
                        Math.round(figures.withSchema().documentsPerSecond()))
                .put(
                        "documentsPerSecondWithRegistry",
                        Math.round(figures.registered().documentsPerSecond()))
                .put("ratioWithRegistry", Math.round(figures.registeredRatio() * 100) / 100.0)
                .put("icebergDocumentsPerSecond", Math.round(figures.peer().documentsPerSecond()))
                .put(
                        "icebergBytesAllocatedPerDocument",
                        Math.round(figures.peer().bytesPerDocument()))
                .put("documentLength", Math.round(figures.documentLength()))
                .put("rounds", rounds)
                .put("seconds", seconds)
                .put("seed", seed);
        results.publish("smt", node);
        return CommandLine.ExitCode.OK;
    }
}
