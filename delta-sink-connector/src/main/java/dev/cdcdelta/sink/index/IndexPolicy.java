package dev.cdcdelta.sink.index;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how key indexes are kept.
 *
 * @param directory for their files, on the worker's own disk
 * @param deleteRetention how long deletes are remembered, so that no older event brings a document back
 */
public record IndexPolicy(Path directory, IndexScope scope, Duration deleteRetention) {}
