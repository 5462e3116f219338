package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.reconcile.range.ContentHash;
import java.util.List;
import java.util.Optional;

/**
 * What both sides hold of one key.
 *
 * @param source the hash that the document's row must have; empty if there is no document
 */
public record Sides(Optional<ContentHash> source, List<TableRow> rows) {
    public Sides {
        rows = List.copyOf(rows);
    }

    /** What is wrong; empty if nothing is. */
    public Optional<FindingClass> difference() {
        if (rows.size() > 1) {
            return Optional.of(source.isEmpty() ? FindingClass.EXTRA : FindingClass.DUPLICATE);
        }
        if (source.isEmpty()) {
            return rows.isEmpty() ? Optional.empty() : Optional.of(FindingClass.EXTRA);
        }
        if (rows.isEmpty()) {
            return Optional.of(FindingClass.MISSING);
        }
        return source.get().equals(rows.get(0).hash()) ? Optional.empty() : Optional.of(FindingClass.DIFFERENT);
    }
}
