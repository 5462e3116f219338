package dev.cdcdelta.sink.merge;

/** How rows of stored files are replaced and deleted. */
public enum MergeMode {
    /** Deletion vectors mark them. */
    MERGE_ON_READ,
    /** Their files are written anew without them, for readers that know no deletion vectors. */
    COPY_ON_WRITE
}
