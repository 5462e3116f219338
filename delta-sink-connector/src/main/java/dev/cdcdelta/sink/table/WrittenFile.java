package dev.cdcdelta.sink.table;

import java.time.Instant;

/**
 * A data file that waits for its commit.
 *
 * @param statistics JSON as Delta's {@code add.stats}
 */
public record WrittenFile(DataFile file, String statistics, Instant modified) {}
