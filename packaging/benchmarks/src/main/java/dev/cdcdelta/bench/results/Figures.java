package dev.cdcdelta.bench.results;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures as readers like them. */
final class Figures {
    private static final double WHOLE = 100;
    private static final double THOUSAND = 1_000;

    private Figures() {}

    /** Three digits that matter; whole numbers from a hundred on, with commas from a thousand on. */
    static String text(double value) {
        if (Math.abs(value) >= THOUSAND) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (Math.abs(value) >= WHOLE || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    static <T> Optional<T> last(List<T> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }
}
