package dev.cdcdelta.bench.lag;

import java.util.Collection;

/** Of lags, in seconds: the least value that so many of a hundred do not exceed. */
public record Percentiles(double p50, double p95, double p99) {
    static Percentiles of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        return new Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99));
    }

    private static double at(double[] sorted, int percent) {
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}
