package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.schema.ColumnType;

/** A document's row, and the columns that it is a row of. */
// The array is handed over, never shared: millions of rows pass here.
@SuppressWarnings("ArrayRecordComponent")
record MappedRow(ColumnType.Struct columns, Object[] values) {}
