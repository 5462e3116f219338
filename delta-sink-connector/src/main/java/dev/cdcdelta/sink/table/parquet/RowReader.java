package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.StoredRow;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The rows of one file that its deletion vector leaves alive. The last column of each batch is the row's index. */
public final class RowReader implements CloseableIterator<StoredRow> {
    private final io.delta.kernel.utils.CloseableIterator<FileReadResult> batches;
    private final ColumnType.Struct columns;
    private final Roaring64Bitmap dead;

    private @Nullable ColumnarBatch batch;
    private int rowInBatch;
    private @Nullable StoredRow next;

    public RowReader(
            io.delta.kernel.utils.CloseableIterator<FileReadResult> batches,
            ColumnType.Struct columns,
            Roaring64Bitmap dead) {
        this.batches = batches;
        this.columns = columns;
        this.dead = dead;
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
        int width = columns.columns().size();
        long position = data.getColumnVector(width).getLong(row);
        if (dead.contains(position)) {
            return null;
        }
        @Nullable Object[] values = new Object[width];
        for (int i = 0; i < width; i++) {
            ColumnVector vector = data.getColumnVector(i);
            values[i] = VectorValues.value(columns.columns().get(i).type(), vector, row);
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
