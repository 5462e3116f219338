package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.growth.Growth;
import dev.cdcdelta.bench.growth.GrowthSizes;
import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** How flat costs stay while a table grows. */
@CommandLine.Command(
        name = "growth",
        description = {
            "Measures, on a task in this JVM, a flush of random updates over a small and a large table, and commits of"
                    + " small batches near the hundredth and the last, and how long a task takes to go on after a kill and without"
                    + " its index.",
            "BENCH_HEAP sets the heap (default: 4g)."
        },
        mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--keys-small",
            defaultValue = "100000",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int keysSmall;

    @CommandLine.Option(
            names = "--keys-large",
            defaultValue = "10000000",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int keysLarge;

    @CommandLine.Option(
            names = "--updates",
            defaultValue = "50000",
            paramLabel = "N",
            description = "Updates in a flush (default: ${DEFAULT-VALUE}).")
    private int updates;

    @CommandLine.Option(
            names = "--repetitions",
            defaultValue = "7",
            paramLabel = "N",
            description = "Flushes over each table, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @CommandLine.Option(
            names = "--commits",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int commits;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @CommandLine.Option(names = "--s3", description = "Tables on the local stack's S3 server, not in a directory.")
    private boolean s3;

    @CommandLine.Mixin
    private WorkDirectory directories = new WorkDirectory();

    @CommandLine.Mixin
    private ResultsOption results = new ResultsOption();

    @Override
    public Integer call() throws IOException {
        GrowthSizes sizes = new GrowthSizes(keysSmall, keysLarge, updates, repetitions, commits, seed);
        Path directory = directories.create();
        Growth.Figures figures = s3 ? onS3(directory, sizes) : run(inDirectory(directory), directory, sizes);
        directories.discard(directory);
        results.publish("growth", json(sizes, figures));
        return CommandLine.ExitCode.OK;
    }

    private static Growth.Figures onS3(Path directory, GrowthSizes sizes) {
        try (LocalStack stack =
                LocalStack.start(StackOptions.fromEnvironment(directory, System.getenv()), System.err::println)) {
            StackDescription description = stack.description();
            return run(
                    Map.of(
                            "warehouse", description.warehouse(),
                            "hadoop.fs.s3a.endpoint", Objects.requireNonNull(description.s3Endpoint()),
                            "hadoop.fs.s3a.endpoint.region", "us-east-1",
                            "hadoop.fs.s3a.path.style.access", "true",
                            "hadoop.fs.s3a.access.key", Objects.requireNonNull(description.s3AccessKey()),
                            "hadoop.fs.s3a.secret.key", Objects.requireNonNull(description.s3SecretKey())),
                    directory,
                    sizes);
        }
    }

    private static Map<String, String> inDirectory(Path directory) {
        return Map.of("warehouse", "file://" + directory.toAbsolutePath().resolve("warehouse"));
    }

    private static Growth.Figures run(Map<String, String> storage, Path directory, GrowthSizes sizes) {
        return new Growth(storage, directory.resolve("state"), sizes, System.err::println).run();
    }

    private ObjectNode json(GrowthSizes sizes, Growth.Figures figures) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode()
                .put("updateCostRatio10Mto100k", rounded(figures.updateCostRatio()))
                .put("commitTimeRatio10000to100", rounded(figures.commitTimeRatio()))
                .put("keysSmall", sizes.keysSmall())
                .put("keysLarge", sizes.keysLarge())
                .put("updates", sizes.updates())
                .put("repetitions", sizes.repetitions())
                .put("commits", sizes.commits())
                .put("storage", s3 ? "s3" : "file")
                .put("updatesSmallMillis", rounded(figures.updatesSmall().millis()))
                .put("updatesLargeMillis", rounded(figures.updatesLarge().millis()))
                .put("updateBusyRatio", rounded(figures.updateBusyRatio()))
                .put("updatesSmallBusyMillis", rounded(figures.updatesSmall().busyMillis()))
                .put("updatesLargeBusyMillis", rounded(figures.updatesLarge().busyMillis()))
                .put("heapMegabytes", figures.heapMegabytes())
                .put("earlyCommitMillis", rounded(figures.earlyCommit()))
                .put("lateCommitMillis", rounded(figures.lateCommit()))
                .put("startSmallMillis", rounded(figures.startSmall()))
                .put("startLargeMillis", rounded(figures.startLarge()))
                .put("loadLargeMillis", rounded(figures.loadLarge()))
                .put("recoverLargeMillis", rounded(figures.recoverLarge().millis()))
                .put("rebuildSmallMillis", rounded(figures.rebuildSmall().millis()))
                .put("rebuildSmallPeakHeapMegabytes", figures.rebuildSmall().peakHeapMegabytes())
                .put("rebuildLargeMillis", rounded(figures.rebuildLarge().millis()))
                .put("rebuildLargePeakHeapMegabytes", figures.rebuildLarge().peakHeapMegabytes());
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
