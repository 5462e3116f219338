/** Input: changes. Output: the last image of each key since the last commit, with the offsets that they cover. */
@NullMarked
package dev.cdcdelta.sink.batch;

import org.jspecify.annotations.NullMarked;
