/** Input: a batch and the key index. Output: one Delta commit that holds the batch's effect and its offsets. */
@NullMarked
package dev.cdcdelta.sink.merge;

import org.jspecify.annotations.NullMarked;
