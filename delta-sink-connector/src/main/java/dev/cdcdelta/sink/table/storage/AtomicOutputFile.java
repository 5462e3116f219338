package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;

/** A file to be written through {@link WarehouseFiles}; log files by put-if-absent, the others as a stream. */
record AtomicOutputFile(WarehouseFiles files, String path) implements OutputFile {
    @Override
    public PositionOutputStream create(boolean atomicWrite) throws IOException {
        return files.create(path);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> data, boolean overwrite) throws IOException {
        byte[] bytes = LogLines.bytes(data);
        if (overwrite) {
            files.put(path, bytes);
        } else {
            files.putIfAbsent(path, bytes);
        }
    }
}
