package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.StoredRow;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The rows of one file that are wanted. The last column of each batch is the row's index. */
public final class RowReader implements CloseableIterator<StoredRow> {
    private final io.delta.kernel.utils.CloseableIterator<FileReadResult> batches;
    private final ReadLayout layout;
    private final LongPredicate wanted;

    private @Nullable ColumnarBatch batch;
    private int rowInBatch;
    private @Nullable StoredRow next;

    public RowReader(
            io.delta.kernel.utils.CloseableIterator<FileReadResult> batches, ReadLayout layout, LongPredicate wanted) {
        this.batches = batches;
        this.layout = layout;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (batch == null || rowInBatch == batch.getSize()) {
                if (!batches.hasNext()) {
                    return false;
                }
                batch = batches.next().getData();
                rowInBatch = 0;
                continue;
            }
            next = liveRow(batch, rowInBatch);
            rowInBatch++;
        }
        return true;
    }

    private @Nullable StoredRow liveRow(ColumnarBatch data, int row) {
        List<Column> stored = layout.stored().columns();
        long position = data.getColumnVector(stored.size()).getLong(row);
        if (!wanted.test(position)) {
            return null;
        }
        @Nullable Object[] values = layout.constants().clone();
        for (int i = 0; i < values.length; i++) {
            int source = layout.sources()[i];
            if (source >= 0) {
                ColumnVector vector = data.getColumnVector(source);
                values[i] = VectorValues.value(stored.get(source).type(), vector, row);
            }
        }
        return new StoredRow(position, values);
    }

    @Override
    public StoredRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        StoredRow row = next;
        next = null;
        return row;
    }

    @Override
    public void close() {
        try {
            batches.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
