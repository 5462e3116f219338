package dev.cdcdelta.bench.results;

import java.util.Arrays;
import java.util.Collection;

/** Of measured values. */
public final class Median {
    private Median() {}

    public static double of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double of(Collection<Double> values) {
        return of(array(values));
    }

    /** How far apart the smallest and the largest are, as a part of the median. */
    public static double spread(Collection<Double> values) {
        double[] sorted = array(values);
        Arrays.sort(sorted);
        double median = of(sorted);
        return median == 0 ? 0 : (sorted[sorted.length - 1] - sorted[0]) / median;
    }

    private static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
