package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.schema.ColumnType;
import org.jspecify.annotations.Nullable;

/** A document's row, and the columns that it is a row of. */
// The array is handed over, never shared: millions of rows pass here.
@SuppressWarnings("ArrayRecordComponent")
public record MappedRow(ColumnType.Struct columns, @Nullable Object[] values) {}
