/** Input: documents as Connect structs. Output: rows of a table's columns, with their content hash. */
@NullMarked
package dev.cdcdelta.sink.mapping;

import org.jspecify.annotations.NullMarked;
