package dev.cdcdelta.sink.merge;

/** What becomes of the row of a deleted document. */
public enum DeleteMode {
    /** It is deleted. */
    HARD,
    /** It stays, marked as deleted, with the document's last image. */
    SOFT
}
