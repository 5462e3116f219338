package dev.cdcdelta.sink.index;

/** Which rows of a table a task has in its key index. */
public enum IndexScope {
    /** Those of its own topic partitions, and all of a topic once keys have moved between its partitions. */
    AUTO,
    /** All of the table. */
    TABLE
}
