/** Input: a Delta table's location and statements. Output: rows as JSON lines, as Spark sees them. */
@NullMarked
package dev.cdcdelta.spark;

import org.jspecify.annotations.NullMarked;
