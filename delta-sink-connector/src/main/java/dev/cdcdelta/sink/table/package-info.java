/**
 * Input: rows, positions to delete, offsets. Output: one Delta commit. The only package that talks to Delta Kernel; the format's inner
 * parts are in {@code kernel}.
 */
@NullMarked
package dev.cdcdelta.sink.table;

import org.jspecify.annotations.NullMarked;
