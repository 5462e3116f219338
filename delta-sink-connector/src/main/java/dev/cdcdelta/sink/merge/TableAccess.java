package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Clock;
import java.util.Map;

/**
 * What all tables of a task are reached through.
 *
 * @param properties of tables that the connector creates
 * @param listener is told of every commit
 */
public record TableAccess(
        DeltaTables tables,
        KeyIndexes indexes,
        TransactionIds ids,
        Map<String, String> properties,
        Committer committer,
        RetryPolicy retries,
        Clock clock,
        CommitListener listener) {
    public TableAccess {
        properties = Map.copyOf(properties);
    }

    /** Nobody listens. */
    public TableAccess(
            DeltaTables tables,
            KeyIndexes indexes,
            TransactionIds ids,
            Map<String, String> properties,
            Committer committer,
            RetryPolicy retries,
            Clock clock) {
        this(tables, indexes, ids, properties, committer, retries, clock, CommitListener.NONE);
    }

    CommitLog startLog(String location) {
        return new CommitLog(location, clock, listener);
    }
}
