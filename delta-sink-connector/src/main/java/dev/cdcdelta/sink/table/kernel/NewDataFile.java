package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.WrittenFile;
import dev.cdcdelta.sink.table.parquet.RowParquetWriter;
import dev.cdcdelta.sink.table.storage.NewFile;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A data file on its way into the table's directory. */
public final class NewDataFile {
    private final String location;
    private final String path;
    private final NewFile file;
    private final RowParquetWriter writer;
    private final PartitionLayout layout;
    private final FilePlace place;
    private final int indexedColumns;
    private final Clock clock;
    private long rows;

    NewDataFile(
            String location,
            String path,
            NewFile file,
            RowParquetWriter writer,
            PartitionLayout layout,
            FilePlace place,
            int indexedColumns,
            Clock clock) {
        this.location = location;
        this.path = path;
        this.file = file;
        this.writer = writer;
        this.layout = layout;
        this.place = place;
        this.indexedColumns = indexedColumns;
        this.clock = clock;
    }

    public String path() {
        return path;
    }

    public String location() {
        return location;
    }

    public void write(@Nullable Object[] row) throws IOException {
        writer.write(layout.stored(row));
        rows++;
    }

    public long estimatedBytes() {
        return writer.estimatedBytes();
    }

    /** Of the estimated bytes those that have gone to the storage. */
    public long storedBytes() throws IOException {
        return file.getPos();
    }

    public WrittenFile finish() throws IOException {
        String statistics = writer.finish(indexedColumns);
        return new WrittenFile(
                new DataFile(path, file.getPos(), rows, 0, "", place.tags(), place.partition()),
                statistics,
                clock.instant());
    }

    public void abandon() throws IOException {
        file.abandon();
    }
}
