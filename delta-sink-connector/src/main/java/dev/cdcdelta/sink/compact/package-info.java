/** Input: a table's live files. Output: fewer and larger ones, of the same rows. */
@NullMarked
package dev.cdcdelta.sink.compact;

import org.jspecify.annotations.NullMarked;
