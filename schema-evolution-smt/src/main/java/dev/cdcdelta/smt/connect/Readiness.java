package dev.cdcdelta.smt.connect;

/** What is known of a document before it is written. */
enum Readiness {
    /** Nothing: what the type does not have may have to become part of it first. */
    OPEN,
    /** The type can have no further fields. */
    CLOSED,
    /** The document has been merged into the type: what has no place by now will have none. */
    MERGED
}
