package dev.cdcdelta.sink.table.parquet;

import dev.cdcdelta.sink.table.storage.NewFile;
import java.io.IOException;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A new warehouse file as Parquet writes it. */
record ParquetOutput(NewFile file) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new DelegatingPositionOutputStream(file) {
            @Override
            public long getPos() throws IOException {
                return file.getPos();
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }
}
