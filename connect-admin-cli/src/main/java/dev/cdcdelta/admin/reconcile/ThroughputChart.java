package dev.cdcdelta.admin.reconcile;

import java.util.List;
import java.util.Locale;

/** How many documents a second were compared over the time of a run, as a drawing. */
final class ThroughputChart {
    private static final int STEPS = 60;
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 120;

    private ThroughputChart() {}

    /** The documents of each step of the run's time, by second; each range's are spread evenly over its own time. */
    static double[] rates(List<RangeReport> ranges) {
        double[] rates = new double[STEPS];
        if (ranges.isEmpty()) {
            return rates;
        }
        long start = start(ranges);
        double step = Math.max(1, end(ranges) - start) / (double) STEPS;
        for (RangeReport range : ranges) {
            double from = (range.counts().started().toEpochMilli() - start) / step;
            double to = Math.max(from + 1e-6, (range.counts().ended().toEpochMilli() - start) / step);
            for (int i = Math.max(0, (int) from); i < STEPS && i < to; i++) {
                double within = Math.min(to, i + 1) - Math.max(from, i);
                rates[i] += range.counts().documents() * Math.max(0, within) / (to - from) / (step / 1000);
            }
        }
        return rates;
    }

    static String svg(List<RangeReport> ranges) {
        double[] rates = rates(ranges);
        double most = 1;
        for (double rate : rates) {
            most = Math.max(most, rate);
        }
        var points = new StringBuilder();
        for (int i = 0; i < STEPS; i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    (double) WIDTH * i / (STEPS - 1),
                    HEIGHT - 6 - (HEIGHT - 12) * rates[i] / most));
        }
        return "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\"><title>Documents a second over time</title><polygon points=\"0," + HEIGHT
                + " " + points + WIDTH + "," + HEIGHT + "\"/><polyline points=\"" + points.toString().strip()
                + "\"/></svg><p class=\"note\">0 to " + HtmlText.count(Math.round(most)) + " documents a second, over "
                + HtmlText.count(Math.round(Math.max(0, end(ranges) - start(ranges)) / 1000.0)) + " s</p>";
    }

    private static long start(List<RangeReport> ranges) {
        return ranges.stream().mapToLong(range -> range.counts().started().toEpochMilli()).min().orElse(0);
    }

    private static long end(List<RangeReport> ranges) {
        return ranges.stream().mapToLong(range -> range.counts().ended().toEpochMilli()).max().orElse(0);
    }
}
