package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for its commit.
 *
 * @param row of an upsert, as of the columns when it came
 * @param bytes estimated heap
 */
public record BufferedChange(Change change, @Nullable MappedRow row, long bytes) {}
