package dev.cdcdelta.sink.table;

import java.time.Instant;

/**
 * A file in a table's directory.
 *
 * @param path relative to the table, as the storage spells it
 * @param size bytes
 */
public record StoredFile(String path, long size, Instant modified) {}
