package dev.cdcdelta.bench.smt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the transforms in turn, each time in a fresh JVM, and takes medians, so that a machine that others use for a while spoils
 * neither the figures nor their ratio.
 *
 * @param rounds how often each transform is measured
 * @param seconds of one measurement, after as many to warm up
 * @param seed of the documents
 */
public record TransformSpeed(int rounds, int seconds, long seed) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** Documents per second and bytes allocated for one. */
    public record Figure(double documentsPerSecond, double bytesPerDocument) {}

    /**
     * Medians.
     *
     * @param schemaless this project's transform on envelopes without a schema
     * @param withSchema the same on envelopes with a schema
     * @param registered this project's transform with a schema registry, on envelopes without a schema
     * @param peer Iceberg's on those with a schema
     * @param ratio how many times as fast as the peer this project's transform is on the same records
     * @param registeredRatio the speed with a registry, as a part of the speed without
     * @param documentLength characters of extended JSON, on average
     */
    public record Figures(
            Figure schemaless,
            Figure withSchema,
            Figure registered,
            Figure peer,
            double ratio,
            double registeredRatio,
            double documentLength) {}

    private record Round(Figure schemaless, Figure withSchema, Figure registered, Figure peer) {
        double ratio() {
            return withSchema.documentsPerSecond / peer.documentsPerSecond;
        }

        double registeredRatio() {
            return registered.documentsPerSecond / schemaless.documentsPerSecond;
        }
    }

    /**
     * Runs all rounds.
     *
     * @throws IllegalStateException if a benchmark fails
     */
    public Figures run(Consumer<String> progress) {
        List<Round> measured = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            Round round = new Round(
                    measure("oursSchemaless"),
                    measure("oursWithSchema"),
                    measure("oursWithRegistry"),
                    measure("peerWithSchema"));
            measured.add(round);
            progress.accept(String.format(
                    "round %d of %d: %.0f documents/s schemaless, %.0f with a schema, %.0f with a registry, the peer %.0f",
                    i,
                    rounds,
                    round.schemaless.documentsPerSecond,
                    round.withSchema.documentsPerSecond,
                    round.registered.documentsPerSecond,
                    round.peer.documentsPerSecond));
        }
        return new Figures(
                median(measured, Round::schemaless),
                median(measured, Round::withSchema),
                median(measured, Round::registered),
                median(measured, Round::peer),
                median(measured, (ToDoubleFunction<Round>) Round::ratio),
                median(measured, (ToDoubleFunction<Round>) Round::registeredRatio),
                documentLength());
    }

    private Figure measure(String benchmark) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(TransformBenchmark.class.getName() + "\\." + benchmark + "$")
                .param("seed", Long.toString(seed))
                .mode(Mode.Throughput)
                .threads(1)
                .forks(1)
                .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
                .warmupIterations(seconds)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(seconds)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            RunResult result = results.iterator().next();
            return new Figure(
                    result.getPrimaryResult().getStatistics().getPercentile(50),
                    Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATION), ALLOCATION)
                            .getScore());
        } catch (RunnerException failure) {
            throw new IllegalStateException(
                    "The benchmark " + benchmark + " failed: " + failure.getMessage()
                            + ". Run it with more memory or see what it printed.",
                    failure);
        }
    }

    private double documentLength() {
        Orders orders = new Orders(seed);
        long length = 0;
        int sample = 1000;
        for (int i = 0; i < sample; i++) {
            length += orders.next().length();
        }
        return (double) length / sample;
    }

    private static Figure median(List<Round> rounds, Function<Round, Figure> figure) {
        return new Figure(
                median(rounds, (ToDoubleFunction<Round>) round -> figure.apply(round).documentsPerSecond),
                median(rounds, (ToDoubleFunction<Round>) round -> figure.apply(round).bytesPerDocument));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        List<Round> sorted = new ArrayList<>(rounds);
        sorted.sort(Comparator.comparingDouble(figure));
        return figure.applyAsDouble(sorted.get(sorted.size() / 2));
    }
}
