package dev.cdcdelta.sink.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that a mistyped one was meant to be. */
final class NearName {
    private NearName() {}

    /** A candidate at most two edits away, or one that the name begins or that begins the name. */
    static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isNear(normal(name), normal(candidate)))
                .findFirst();
    }

    private static boolean isNear(String name, String candidate) {
        boolean isPart = name.length() >= 6 && (candidate.startsWith(name + ".") || name.startsWith(candidate + "."));
        return isPart || distance(name, candidate) <= 2;
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    /** Levenshtein's. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
