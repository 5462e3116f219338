package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Clock;
import java.util.Map;

/**
 * What all tables of a task are reached through.
 *
 * @param properties of tables that the connector creates
 */
public record TableAccess(
        DeltaTables tables,
        TransactionIds ids,
        Map<String, String> properties,
        Committer committer,
        RetryPolicy retries,
        Clock clock) {
    public TableAccess {
        properties = Map.copyOf(properties);
    }

    CommitLog startLog(String location) {
        return new CommitLog(location, clock);
    }
}
