package dev.cdcdelta.admin.reconcile;

import java.util.List;
import java.util.Optional;

/**
 * How the run ended whose report was written last.
 *
 * @param verdict the worst of its collections so far
 */
public record LastRun(String run, Verdict verdict) {
    /** Empty where no collection has a report yet. */
    public static Optional<LastRun> of(ReconcileTopics topics) {
        List<CollectionReport> all = topics.reports(report -> true);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String run = all.get(all.size() - 1).run();
        return Verdict.worst(
                        all.stream().filter(report -> report.run().equals(run)).toList())
                .map(verdict -> new LastRun(run, verdict));
    }

    @Override
    public String toString() {
        return verdict + " (run " + run + ")";
    }
}
