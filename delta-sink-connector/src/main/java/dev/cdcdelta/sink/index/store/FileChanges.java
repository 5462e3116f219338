package dev.cdcdelta.sink.index.store;

import java.util.List;
import java.util.Set;

/**
 * What a batch changes about the files that a store covers.
 *
 * @param tableVersion the version of the table that the files are of afterwards
 * @param nextNumber above the number of every file whose entries may be in the store
 */
public record FileChanges(long tableVersion, int nextNumber, List<StoredFile> put, Set<String> removed) {}
