package dev.cdcdelta.sink.table;

import java.io.Closeable;

/** Writes one Parquet file; a row's position is the order of {@link #write}. */
public final class DataFileWriter implements Closeable {
    DataFileWriter() {}

    /** @return the row's position */
    public long write(Object[] row) {
        throw new UnsupportedOperationException();
    }

    /** The size that the file would have if it were finished now, roughly. */
    public long estimatedBytes() {
        throw new UnsupportedOperationException();
    }

    /** Uploads the file. Its statistics are kept for the commit that adds it. */
    public DataFile finish() {
        throw new UnsupportedOperationException();
    }

    /** Abandons the file unless it is finished. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
