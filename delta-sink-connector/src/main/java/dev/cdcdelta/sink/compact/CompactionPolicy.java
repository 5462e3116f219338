package dev.cdcdelta.sink.compact;

import java.time.Duration;

/**
 * When small and much-deleted files are rewritten.
 *
 * @param interval between two looks at a table
 * @param targetFileBytes size of a rewritten file, about
 * @param maxPause the longest time for which a compaction may hold up a commit
 * @param deleteRetention how long the table remembers deletes; their files are looked after even where compaction is not enabled
 */
public record CompactionPolicy(
        boolean enabled, Duration interval, long targetFileBytes, Duration maxPause, Duration deleteRetention) {}
