package dev.cdcdelta.smt.schema;

/** What becomes of a value that no lossless widening of its field's type holds. */
public enum ConflictPolicy {
    /** The field keeps its type, and a sibling {@code <name>__json} takes the value as canonical extended JSON text. */
    SIDECAR,
    /** The field is canonical extended JSON text from its first value on, whatever its values are. */
    JSON,
    /** The document is refused; with {@code errors.tolerance=all} it goes to the dead letter queue. */
    DLQ,
    /** The task stops. In a transform it is Connect that decides, by {@code errors.tolerance}. */
    FAIL;

    /** Whether a value in conflict is refused with its document. */
    public boolean refuses() {
        return this == DLQ || this == FAIL;
    }
}
