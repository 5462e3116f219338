package dev.cdcdelta.sink.config;

import java.time.Duration;

/**
 * How a task works on its tables.
 *
 * @param flushThreads how many tables are written to at a time
 * @param retryTimeout for how long a commit that the storage fails is tried again
 * @param failOnGaps whether a task stops whose first record comes from behind the recorded offset
 */
public record PipelinePolicy(int flushThreads, Duration retryTimeout, boolean failOnGaps) {}
