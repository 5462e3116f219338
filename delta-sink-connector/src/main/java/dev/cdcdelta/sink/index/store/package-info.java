/**
 * Input: batches of changed entries. Output: the entry of a key, from a table of fixed pages on local disk that survives a kill at any
 * moment and notices damage.
 */
@NullMarked
package dev.cdcdelta.sink.index.store;

import org.jspecify.annotations.NullMarked;
