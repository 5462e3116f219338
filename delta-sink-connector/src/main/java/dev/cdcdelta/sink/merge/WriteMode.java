package dev.cdcdelta.sink.merge;

/** What the rows of a table stand for. */
public enum WriteMode {
    /** A document as it is. */
    UPSERT,
    /** An event. */
    APPEND,
    /** A version of a document, with the time in which it was valid (a slowly changing dimension of type 2). */
    HISTORY
}
