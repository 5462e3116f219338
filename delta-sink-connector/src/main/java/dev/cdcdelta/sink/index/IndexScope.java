package dev.cdcdelta.sink.index;

/** Which files of a table a task indexes. */
public enum IndexScope {
    /** Those of the task's own topic partitions, until the table says that keys move between partitions. */
    AUTO,
    /** All of them. */
    TABLE
}
