package dev.cdcdelta.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.bench.results.Median;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Medians over the rounds; a ratio is formed within each round first. What was left out is not in the JSON. */
public record PeerFigures(List<Round> rounds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public PeerFigures {
        rounds = List.copyOf(rounds);
    }

    /** Whether every table has the rows that it should have. */
    public boolean isComplete() {
        return rounds.stream().flatMap(round -> round.runs().stream()).allMatch(Run::isComplete);
    }

    public ObjectNode json() {
        ObjectNode node = JSON.createObjectNode();
        ratio(node, "appendToIcebergAppend", Contender.OURS_APPEND, Contender.ICEBERG_APPEND);
        ratio(node, "upsertToIcebergAppend", Contender.OURS_UPSERT, Contender.ICEBERG_APPEND);
        ratio(node, "upsertToSparkMerge", Contender.OURS_UPSERT, Contender.SPARK_MERGE);
        put(node, "appendCpuToFloor", values(round -> round.toFloor(Contender.OURS_APPEND)));
        put(node, "upsertCpuToFloor", values(round -> round.toFloor(Contender.OURS_UPSERT)));
        node.put("foreignCores", foreignCores());
        for (Contender contender : Contender.values()) {
            of(node, contender);
        }
        put(
                node,
                "cpuFloorPerMillion",
                values(round -> Optional.of(round.limits().floorPerMillion())));
        return node.put("complete", isComplete()).put("rounds", rounds.size());
    }

    private void of(ObjectNode node, Contender contender) {
        List<Double> speeds = values(round -> round.of(contender).map(Run::recordsPerSecond));
        if (speeds.isEmpty()) {
            return;
        }
        String key = contender.key();
        node.put(key + "RecordsPerSecond", Math.round(Median.of(speeds)));
        node.put(
                key + "LeastRecordsPerSecond",
                Math.round(speeds.stream().min(Double::compare).orElseThrow()));
        node.put(
                key + "MostRecordsPerSecond",
                Math.round(speeds.stream().max(Double::compare).orElseThrow()));
        node.put(key + "Spread", rounded(Median.spread(speeds)));
        if (contender.kind() == Contender.Kind.SPARK) {
            put(node, key + "BatchSeconds", values(round -> round.of(contender).map(Run::batchSeconds)));
        }
        put(
                node,
                key + "CpuSecondsPerMillion",
                values(round -> round.of(contender).map(Run::cpuPerMillion)));
        node.put(
                key + "PeakMegabytes",
                Math.round(Median.of(values(round ->
                        round.of(contender).map(run -> (double) (run.reading().peakMemory() >> 20))))));
    }

    private void ratio(ObjectNode node, String name, Contender one, Contender other) {
        put(node, name, values(round -> round.speedRatio(one, other)));
    }

    private static void put(ObjectNode node, String name, List<Double> values) {
        if (!values.isEmpty()) {
            node.put(name, rounded(Median.of(values)));
        }
    }

    private List<Double> values(Function<Round, Optional<Double>> value) {
        return rounds.stream().map(value).flatMap(Optional::stream).toList();
    }

    /** The most of any measurement. */
    private double foreignCores() {
        double runs = rounds.stream()
                .flatMap(round -> round.runs().stream())
                .mapToDouble(run -> run.reading().foreignCores())
                .max()
                .orElse(0);
        double limits = rounds.stream()
                .mapToDouble(round -> Math.max(
                        round.limits().parse().foreignCores(),
                        round.limits().parquet().foreignCores()))
                .max()
                .orElse(0);
        return rounded(Math.max(runs, limits));
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }
}
