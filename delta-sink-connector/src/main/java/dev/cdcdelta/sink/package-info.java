/** Input: records of topic partitions. Output: Delta tables that hold their effect exactly once. */
@NullMarked
package dev.cdcdelta.sink;

import org.jspecify.annotations.NullMarked;
