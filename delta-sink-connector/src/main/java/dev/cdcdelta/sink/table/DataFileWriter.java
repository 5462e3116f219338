package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.table.kernel.NewDataFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Writes one Parquet file; a row's position is the order of {@link #write}. */
public final class DataFileWriter implements Closeable {
    private final NewDataFile file;
    private final Consumer<WrittenFile> finished;
    private long rows;
    private boolean closed;

    DataFileWriter(NewDataFile file, Consumer<WrittenFile> finished) {
        this.file = file;
        this.finished = finished;
    }

    /**
     * Appends a row.
     *
     * @param row one value per column in the Java forms of {@link dev.cdcdelta.sink.schema.ColumnType}
     * @return the row's position
     */
    public long write(@Nullable Object[] row) {
        try {
            file.write(row);
            return rows++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The size that the file would have if it were finished now, roughly; what is not compressed yet counts in full. */
    public long estimatedBytes() {
        return file.estimatedBytes();
    }

    /** Of {@link #estimatedBytes} those that have left the heap. */
    public long storedBytes() {
        try {
            return file.storedBytes();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Uploads the file. Its statistics are kept for the commit that adds it. */
    public DataFile finish() {
        try {
            WrittenFile written = file.finish();
            closed = true;
            finished.accept(written);
            return written.file();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Abandons the file unless it is finished. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            file.abandon();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ConnectException failed(IOException cause) {
        return StorageWork.failed(file.location(), "written to", cause);
    }
}
