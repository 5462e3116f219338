/** Input: rows in the Java forms of column types. Output: a Parquet file with its statistics; and such files back as rows. */
@NullMarked
package dev.cdcdelta.sink.table.parquet;

import org.jspecify.annotations.NullMarked;
