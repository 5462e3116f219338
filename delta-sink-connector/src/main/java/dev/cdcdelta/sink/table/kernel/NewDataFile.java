package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.WrittenFile;
import dev.cdcdelta.sink.table.parquet.RowFileWriter;
import dev.cdcdelta.sink.table.storage.NewFile;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data file on its way into the table's directory. */
public final class NewDataFile {
    private final String path;
    private final NewFile file;
    private final RowFileWriter writer;
    private final int indexedColumns;
    private final Clock clock;
    private long rows;

    NewDataFile(String path, NewFile file, RowFileWriter writer, int indexedColumns, Clock clock) {
        this.path = path;
        this.file = file;
        this.writer = writer;
        this.indexedColumns = indexedColumns;
        this.clock = clock;
    }

    public String path() {
        return path;
    }

    public void write(@Nullable Object[] row) throws IOException {
        writer.write(row);
        rows++;
    }

    public long estimatedBytes() {
        return writer.estimatedBytes();
    }

    public WrittenFile finish(Map<String, String> tags) throws IOException {
        String statistics = writer.finish(indexedColumns);
        return new WrittenFile(new DataFile(path, file.getPos(), rows, 0, "", tags), statistics, clock.instant());
    }

    public void abandon() throws IOException {
        file.abandon();
    }
}
