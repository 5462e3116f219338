/** Input: types of documents and of tables. Output: the columns that a table is to have. */
@NullMarked
package dev.cdcdelta.sink.schema;

import org.jspecify.annotations.NullMarked;
