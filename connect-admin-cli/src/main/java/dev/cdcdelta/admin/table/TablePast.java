package dev.cdcdelta.admin.table;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.sink.table.CommitSummary;
import dev.cdcdelta.sink.table.DeltaTable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a table is meant.
 *
 * @param version null for none given
 * @param asOf null for none given; the newest version of then or before
 */
public record TablePast(@Nullable Long version, @Nullable Instant asOf) {
    public static final TablePast NOW = new TablePast(null, null);

    public boolean isNow() {
        return version == null && asOf == null;
    }

    /** @throws CommandException if the table's log does not reach back to it */
    public long in(DeltaTable table) {
        long newest = table.snapshot().version();
        if (version != null) {
            if (version < 0 || version > newest) {
                throw unknown(table, "There is no version " + version + " yet; the newest is " + newest + ".");
            }
            return version;
        }
        if (asOf == null) {
            return newest;
        }
        List<CommitSummary> history = table.history(Integer.MAX_VALUE);
        for (CommitSummary commit : history) {
            if (!commit.timestamp().isAfter(asOf)) {
                return commit.version();
            }
        }
        throw unknown(
                table,
                history.isEmpty()
                        ? "Its log tells no times."
                        : "Its log goes back to " + history.get(history.size() - 1).timestamp() + " only.");
    }

    private static CommandException unknown(DeltaTable table, String reason) {
        return new CommandException(
                ExitCode.NOT_FOUND,
                "The table at " + table.location() + " cannot be read as it was then.",
                reason,
                "'table history' shows the versions; how long they are kept says delta.logRetentionDuration.");
    }
}
