/**
 * Input: paths and bytes. Output: files that appear whole or not at all, and of which only one writer can win a name: what the Delta
 * log's promises rest on.
 */
@NullMarked
package dev.cdcdelta.sink.table.storage;

import org.jspecify.annotations.NullMarked;
