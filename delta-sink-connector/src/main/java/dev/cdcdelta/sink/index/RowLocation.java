package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;

/**
 * Where a key's live row is stored.
 *
 * @param file the path of a live data file, as in the log
 * @param position the row's index in the file
 */
public record RowLocation(String file, long position, SourceVersion version) {}
