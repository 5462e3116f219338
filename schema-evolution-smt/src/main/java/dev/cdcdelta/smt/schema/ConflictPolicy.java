package dev.cdcdelta.smt.schema;

/** What becomes of a value that no lossless widening of its field's type holds. */
public enum ConflictPolicy {
    /** The field keeps its type, and a sibling {@code <name>__json} takes the value as canonical extended JSON text. */
    SIDECAR,
    /** The field is canonical extended JSON text from its first value on, so that there are no conflicts. */
    JSON,
    /** The document is refused; with {@code errors.tolerance=all} it goes to the dead letter queue. */
    DLQ,
    /** The task stops, whatever {@code errors.tolerance} says. */
    FAIL;

    /** Whether the policy keeps documents in conflict out of the table. */
    public boolean refuses() {
        return this == DLQ || this == FAIL;
    }
}
