package dev.cdcdelta.sink.task;

/** What becomes of a task whose first record comes from behind the recorded offset. */
enum OffsetGapPolicy {
    WARN,
    FAIL
}
