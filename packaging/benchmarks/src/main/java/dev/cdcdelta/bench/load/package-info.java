/** A plan of many changes, as bytes in a topic, and what a sink needs to bring them into a table: time, processors, memory. */
@NullMarked
package dev.cdcdelta.bench.load;

import org.jspecify.annotations.NullMarked;
