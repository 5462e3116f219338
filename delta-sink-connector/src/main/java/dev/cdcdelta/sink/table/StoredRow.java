package dev.cdcdelta.sink.table;

import org.jspecify.annotations.Nullable;

/**
 * A live row of a data file.
 *
 * @param position the row's index in the file, from 0, deleted rows counted
 * @param values the columns asked for, in that order and in the Java forms of {@link dev.cdcdelta.sink.schema.ColumnType}
 */
// The array is handed over, never shared: millions of rows pass here.
@SuppressWarnings("ArrayRecordComponent")
public record StoredRow(long position, @Nullable Object[] values) {}
