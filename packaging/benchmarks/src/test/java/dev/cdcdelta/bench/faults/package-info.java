/** Input: a stack under faults of every kind. Output: whether tables are still what the model says. */
@NullMarked
package dev.cdcdelta.bench.faults;

import org.jspecify.annotations.NullMarked;
