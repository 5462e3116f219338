package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.KeyHash;

/** A live row, or a remembered delete, that was read from a file. */
record FoundRow(KeyHash key, long position, long timeMillis, int ordinal) {}
