/** Input: what the Connect runtime calls on a task. Output: batches, flushes, and the offsets that are safe in the tables. */
@NullMarked
package dev.cdcdelta.sink.task;

import org.jspecify.annotations.NullMarked;
