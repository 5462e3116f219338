package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.storage.NewFile;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/** One Parquet file of rows, zstd-compressed. */
public final class RowParquetWriter {
    /** Rows of large documents are many bytes before Parquet looks how many, if it is left to itself (100). */
    private static final int ROWS_BEFORE_FIRST_LOOK = 10;

    private final ParquetWriter<Object[]> writer;
    private final ColumnType.Struct columns;
    private final Dictionaries dictionaries;
    private final Set<String> withoutDictionary;

    /** @param dictionaries of the table; the file heeds them and adds what it tells */
    public RowParquetWriter(NewFile file, ColumnType.Struct columns, long rowGroupBytes, Dictionaries dictionaries)
            throws IOException {
        this.columns = columns;
        this.dictionaries = dictionaries;
        this.withoutDictionary = dictionaries.skippedByNextFile();
        Builder builder = new Builder(new ParquetOutput(file), columns);
        withoutDictionary.forEach(path -> builder.withDictionaryEncoding(path, false));
        this.writer = builder.withConf(new PlainParquetConfiguration())
                .withWriteMode(ParquetFileWriter.Mode.CREATE)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(rowGroupBytes)
                .withMinRowCountForPageSizeCheck(ROWS_BEFORE_FIRST_LOOK)
                .build();
    }

    public void write(@Nullable Object[] row) throws IOException {
        writer.write(row);
    }

    public long estimatedBytes() {
        return writer.getDataSize();
    }

    /**
     * Completes and closes the file.
     *
     * @param indexedColumns as {@code delta.dataSkippingNumIndexedCols}: how many leaves get bounds, -1 for all
     * @return JSON as Delta's {@code add.stats}
     */
    public String finish(int indexedColumns) throws IOException {
        writer.close();
        ParquetMetadata footer = writer.getFooter();
        dictionaries.learn(footer, withoutDictionary);
        return new FileStatistics(columns, indexedColumns).json(footer);
    }

    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final ColumnType.Struct columns;

        Builder(ParquetOutput file, ColumnType.Struct columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // Abstract in Parquet 1.16.0, and called nowhere.
        protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
            return new RowWriteSupport(columns);
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return new RowWriteSupport(columns);
        }
    }
}
