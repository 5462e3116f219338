package dev.cdcdelta.sink.batch;

import java.time.Duration;

/**
 * When buffered changes are committed: at the latest {@code interval} after the first of them, and earlier where they outgrow a limit.
 *
 * @param maxBytes estimated heap, over all tables of a task
 */
public record FlushPolicy(Duration interval, long maxRows, long maxBytes) {}
