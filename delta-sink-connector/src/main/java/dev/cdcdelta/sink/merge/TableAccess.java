package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.index.KeyIndexes;
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
        KeyIndexes indexes,
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
