/**
 * Input: a table's live files, and the files of its directory. Output: fewer and larger files of the same rows, and no file that nobody
 * refers to any more.
 */
@NullMarked
package dev.cdcdelta.sink.compact;

import org.jspecify.annotations.NullMarked;
