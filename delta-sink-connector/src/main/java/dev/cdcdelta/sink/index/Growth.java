package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.table.CommitSummary;
import dev.cdcdelta.sink.table.DeltaTable;
import java.util.List;
import java.util.Set;

/**
 * Whether deletion vectors can only have grown since a version. Then a file that has another vector needs not be read again: its rows
 * are those known, less those that the vector marks. RESTORE brings rows back, and of an unknown operation nothing is known.
 */
final class Growth {
    private static final int LIMIT = 200;
    private static final Set<String> GROWING = Set.of(
            "WRITE",
            "DELETE",
            "UPDATE",
            "MERGE",
            "OPTIMIZE",
            "STREAMING UPDATE",
            "CREATE TABLE",
            "SET TBLPROPERTIES",
            "UNSET TBLPROPERTIES",
            "ADD COLUMNS",
            "CHANGE COLUMN",
            "VACUUM START",
            "VACUUM END",
            "COMPUTE STATS");

    private Growth() {}

    static boolean isCertain(DeltaTable table, long since) {
        long commits = table.snapshot().version() - since;
        if (since < 0 || commits < 0 || commits > LIMIT) {
            return false;
        }
        List<CommitSummary> history = table.history((int) commits);
        return history.size() == commits && history.stream().allMatch(commit -> GROWING.contains(commit.operation()));
    }
}
