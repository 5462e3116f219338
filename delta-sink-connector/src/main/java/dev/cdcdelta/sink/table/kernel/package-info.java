/**
 * Input: a table's log and what a commit is to change. Output: the log's next version, and the table's state at it. The only package
 * that imports {@code io.delta.kernel.internal}, for what Delta Kernel 4.4.0 can do but does not offer.
 */
@NullMarked
package dev.cdcdelta.sink.table.kernel;

import org.jspecify.annotations.NullMarked;
