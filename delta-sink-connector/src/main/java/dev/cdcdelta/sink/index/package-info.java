/** Input: the live files of a table. Output: which stored row a key stands for, and of which source version it is. */
@NullMarked
package dev.cdcdelta.sink.index;

import org.jspecify.annotations.NullMarked;
