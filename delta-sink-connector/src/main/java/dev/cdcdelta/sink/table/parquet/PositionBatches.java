package dev.cdcdelta.sink.table.parquet;

import io.delta.kernel.defaults.internal.parquet.ParquetFileReader.BatchReadSupport;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport.ReadContext;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The rows of one file at given positions, in Kernel's batches. Row groups without such a row are not fetched at all, and of the others
 * only the pages that hold one, as the file's offset index tells.
 */
public final class PositionBatches implements CloseableIterator<FileReadResult> {
    private static final int BATCH = 1024;

    private final ParquetInput input;
    private final StructType schema;
    private final Roaring64Bitmap positions;

    private @Nullable ParquetFileReader reader;
    private @Nullable MessageColumnIO columns;
    private @Nullable MessageType fileSchema;
    private @Nullable PageReadStore pages;
    private @Nullable RecordReader<Object> records;
    private @Nullable BatchReadSupport rows;
    private PrimitiveIterator.@Nullable OfLong rowIndexes;
    private int nextRowGroup;

    /** @param schema with the row's index as last column */
    public PositionBatches(ParquetInput input, StructType schema, Roaring64Bitmap positions) {
        this.input = input;
        this.schema = schema;
        this.positions = positions;
    }

    @Override
    public boolean hasNext() {
        try {
            if (positions.isEmpty()) {
                return false;
            }
            while (rowIndexes == null || !rowIndexes.hasNext()) {
                if (!openNextRowGroup()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean openNextRowGroup() throws IOException {
        if (reader == null) {
            open();
        }
        List<BlockMetaData> groups = reader().getRowGroups();
        for (; nextRowGroup < groups.size(); nextRowGroup++) {
            BlockMetaData group = groups.get(nextRowGroup);
            long first = group.getRowIndexOffset();
            PositionRuns runs = PositionRuns.within(positions, first, group.getRowCount());
            if (runs.getPageCount() > 0) {
                closePages();
                RowRanges ranges = RowRanges.create(group.getRowCount(), runs.indexes(), runs);
                PageReadStore store = reader().readFilteredRowGroup(nextRowGroup++, ranges);
                pages = store;
                rowIndexes = runs.positions(first);
                return true;
            }
        }
        return false;
    }

    private void open() throws IOException {
        ParquetFileReader opened = ParquetFileReader.open(input);
        reader = opened;
        MessageType stored = opened.getFileMetaData().getSchema();
        MessageType requested = context(stored).getRequestedSchema();
        opened.setRequestedSchema(requested);
        fileSchema = stored;
        columns = new ColumnIOFactory(opened.getFileMetaData().getCreatedBy()).getColumnIO(requested, stored, true);
    }

    private ReadContext context(MessageType stored) {
        return new BatchReadSupport(BATCH, schema)
                .init(new InitContext(new PlainParquetConfiguration(), Map.of(), stored));
    }

    private ParquetFileReader reader() {
        if (reader == null) {
            throw new IllegalStateException("the file is not open");
        }
        return reader;
    }

    @Override
    public FileReadResult next() {
        if (!hasNext() || rowIndexes == null || pages == null || columns == null || fileSchema == null) {
            throw new NoSuchElementException();
        }
        if (records == null || rows == null) {
            rows = new BatchReadSupport(BATCH, schema);
            records = columns.getRecordReader(
                    pages,
                    rows.prepareForRead(new PlainParquetConfiguration(), Map.of(), fileSchema, context(fileSchema)));
        }
        int size = 0;
        while (size < BATCH && rowIndexes.hasNext()) {
            records.read();
            rows.finalizeCurrentRow(rowIndexes.nextLong());
            size++;
        }
        return new FileReadResult(
                rows.getDataAsColumnarBatch(size), input.file().path());
    }

    private void closePages() {
        if (pages != null) {
            pages.close();
        }
        records = null;
        rows = null;
    }

    @Override
    public void close() throws IOException {
        closePages();
        if (reader != null) {
            reader.close();
        }
    }
}
