package dev.cdcdelta.sink.schema;

/** What becomes of a value that fits its column in no lossless way. */
public enum ConflictPolicy {
    /** It is kept as canonical extended JSON in the column {@code <name>__json}; the typed column is null for that row. */
    SIDECAR,
    /** The record is refused. */
    FAIL
}
