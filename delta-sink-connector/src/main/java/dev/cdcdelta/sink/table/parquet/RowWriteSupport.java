package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows, {@code Object[]} in column order. */
final class RowWriteSupport extends WriteSupport<Object[]> {
    private final ColumnType.Struct columns;
    private final ValueWriter.Fields fields;

    @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write.
    private RecordConsumer consumer;

    RowWriteSupport(ColumnType.Struct columns) {
        this.columns = columns;
        this.fields = ValueWriter.fields(columns);
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract in Parquet 1.16.0, and called nowhere.
    public WriteContext init(Configuration configuration) {
        return new WriteContext(ParquetSchema.of(columns), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(ParquetSchema.of(columns), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
        consumer.startMessage();
        fields.write(consumer, row);
        consumer.endMessage();
    }
}
