/** Input: the arguments of {@code bench}. Output: progress on standard error, one JSON object on standard output. */
@NullMarked
package dev.cdcdelta.bench.command;

import org.jspecify.annotations.NullMarked;
