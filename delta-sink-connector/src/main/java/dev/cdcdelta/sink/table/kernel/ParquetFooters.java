package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.parquet.ParquetInput;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.hadoop.ParquetFileReader;

/** What a file itself tells where the log is silent. */
final class ParquetFooters {
    private ParquetFooters() {}

    static long rowCount(WarehouseFiles files, String path, long size) {
        try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(files.newInputFile(path, size)))) {
            return reader.getRecordCount();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the footer of " + path, e);
        }
    }
}
