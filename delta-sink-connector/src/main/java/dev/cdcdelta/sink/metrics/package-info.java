/** Input: what a task's threads count, and how its commits went. Output: metrics of the worker, each in a catalogue. */
@NullMarked
package dev.cdcdelta.sink.metrics;

import org.jspecify.annotations.NullMarked;
