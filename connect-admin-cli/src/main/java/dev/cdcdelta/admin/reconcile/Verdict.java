package dev.cdcdelta.admin.reconcile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a report says of a collection, the best first. */
public enum Verdict {
    CLEAN,
    REPAIRED,
    UNVERIFIED,
    DISCREPANCIES,
    FAILED;

    /** A word that this program does not know counts as the worst. */
    static Verdict of(String word) {
        for (Verdict verdict : values()) {
            if (verdict.toString().equals(word)) {
                return verdict;
            }
        }
        return FAILED;
    }

    /** Of several collections; empty if there is none. */
    public static Optional<Verdict> worst(Collection<CollectionReport> reports) {
        return reports.stream().map(CollectionReport::verdict).max(Comparator.naturalOrder());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
