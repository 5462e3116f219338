/** Input: a running stack and events. Output: a topic that holds them, a sink connector that reads it, its table's rows. */
@NullMarked
package dev.cdcdelta.bench.sink;

import org.jspecify.annotations.NullMarked;
