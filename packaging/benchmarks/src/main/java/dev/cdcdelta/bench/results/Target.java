package dev.cdcdelta.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the sink is to reach on two cores, and where in the figures it is told. */
public enum Target {
    APPEND("append, typed, to Iceberg's append with its transform", "peers", "/appendToIcebergAppend", 2.0, true),
    APPEND_CPU(
            "append, processors per record to the floor (parse and Parquet)", "peers", "/appendCpuToFloor", 1.4, false),
    UPSERT("upsert to Iceberg's append with its transform", "peers", "/upsertToIcebergAppend", 1.5, true),
    UPSERT_TO_SPARK("upsert to Spark's MERGE at the same commit interval", "peers", "/upsertToSparkMerge", 5, true),
    UPSERT_CPU("upsert, processors per record to the floor", "peers", "/upsertCpuToFloor", 1.8, false),
    /** Calculated: what the index adds for a key at 100 M keys, to what a record takes at 1 M. */
    LARGE_INDEX(
            "upsert at 100 M keys to 1 M keys, calculated from the index alone",
            "keys",
            "/addedMicrosPerKey",
            0.8,
            true),
    LAG("lag p95 at 10,000 events/s and a commit interval of 5 s, in seconds", "lag", "/p95At10000And5000", 10, false),
    COMMIT("commit time at commit 10,000 to commit 100", "growth", "/commitTimeRatio10000to100", 1.2, false),
    INDEX_MEMORY("memory for an index of 100 M keys, in MiB", "keys", "/peakMegabytes", 3072, false),
    WORKER_MEMORY(
            "peak memory of the worker in the append run, in MiB", "peers", "/oursAppendPeakMegabytes", 2048, false);

    private final String title;
    private final String suite;
    private final String pointer;
    private final double bound;
    private final boolean atLeast;

    Target(String title, String suite, String pointer, double bound, boolean atLeast) {
        this.title = title;
        this.suite = suite;
        this.pointer = pointer;
        this.bound = bound;
        this.atLeast = atLeast;
    }

    /** How a result stands to a target. */
    public enum Verdict {
        REACHED("yes"),
        MISSED("no"),
        /** The machine was not the suite's own, or less was measured than the target is about. */
        DOES_NOT_COUNT("does not count"),
        NOT_MEASURED("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    public String title() {
        return title;
    }

    /** As "at least 2.0". */
    public String wanted() {
        return (atLeast ? "at least " : "at most ") + Figures.text(bound);
    }

    /** From the newest of the results that count, or else the newest one. */
    public Optional<Double> measured(List<Result> results) {
        Optional<Double> value =
                newest(results).map(result -> result.figures().at(pointer).asDouble());
        return this == LARGE_INDEX ? value.flatMap(micros -> slowed(micros, results)) : value;
    }

    /** @param micros that every record takes longer, in each of two tasks side by side */
    private static Optional<Double> slowed(double micros, List<Result> results) {
        return UPSERT.newest(results)
                .map(result ->
                        result.figures().path("oursUpsertRecordsPerSecond").asDouble())
                .map(records -> 1 / (1 + micros / 1e6 * records / 2));
    }

    public Verdict verdict(List<Result> results) {
        Optional<Double> value = measured(results);
        if (value.isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        boolean counts = newest(results).stream().allMatch(this::counts)
                && (this != LARGE_INDEX || UPSERT.newest(results).stream().allMatch(UPSERT::counts));
        if (!counts) {
            return Verdict.DOES_NOT_COUNT;
        }
        return (atLeast ? value.get() >= bound : value.get() <= bound) ? Verdict.REACHED : Verdict.MISSED;
    }

    /** A table of Markdown. */
    public static String table(List<Result> results) {
        StringBuilder table = new StringBuilder("| What | Wanted | Measured | Reached |\n|---|---|---|---|\n");
        for (Target target : values()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |\n",
                    target.title,
                    target.wanted(),
                    target.measured(results).map(Figures::text).orElse("-"),
                    target.verdict(results).text));
        }
        return table.toString();
    }

    private Optional<Result> newest(List<Result> results) {
        List<Result> found = results.stream()
                .filter(result -> result.suite().equals(suite))
                .filter(result -> result.figures().at(pointer).isNumber())
                .toList();
        return Figures.last(found.stream().filter(this::counts).toList()).or(() -> Figures.last(found));
    }

    private boolean counts(Result result) {
        return result.counts() && isFullSize(result.figures());
    }

    private boolean isFullSize(JsonNode figures) {
        return switch (suite) {
            case "keys" -> figures.path("keys").asLong() >= 100_000_000;
            case "growth" -> figures.path("commits").asLong() >= 10_000;
            case "peers" ->
                figures.path("keys").asLong() >= 1_000_000
                        && figures.path("rounds").asInt() >= 3;
            default -> true;
        };
    }
}
