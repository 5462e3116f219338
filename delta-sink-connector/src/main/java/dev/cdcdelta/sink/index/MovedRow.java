package dev.cdcdelta.sink.index;

import dev.cdcdelta.smt.key.DocumentKey;

/** A row that compaction stored anew, as it was, in another place. */
public record MovedRow(DocumentKey key, String fromFile, long fromPosition, String toFile, long toPosition) {}
