/** Input: sizes. Output: what updates and commits cost as a table grows, measured on a task without a worker around it. */
@NullMarked
package dev.cdcdelta.bench.growth;

import org.jspecify.annotations.NullMarked;
