package dev.cdcdelta.sink.index;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a worker keeps its key indexes.
 *
 * @param directory on a local disk; what it holds can be rebuilt from the tables
 * @param deleteRetention how long the version of a delete is remembered
 */
public record IndexPolicy(Path directory, IndexScope scope, Duration deleteRetention) {}
