package dev.cdcdelta.smt.schema;

/** What becomes of a value that no lossless widening of its field's type holds. */
public enum ConflictPolicy {
    /** The field keeps its type, and a sibling {@code <name>__json} takes the value as canonical extended JSON text. */
    SIDECAR,
    /** The document is refused; with {@code errors.tolerance=all} it goes to the dead letter queue. */
    FAIL
}
