package dev.cdcdelta.sink.table;

import java.time.Instant;
import java.util.Map;

/**
 * One version of a table's history.
 *
 * @param operation what the writer called it, such as {@code WRITE} or {@code CREATE TABLE}
 * @param information the operation's metrics and the engine, by the names of the Delta log
 */
public record CommitSummary(long version, Instant timestamp, String operation, Map<String, String> information) {
    public CommitSummary {
        information = Map.copyOf(information);
    }
}
