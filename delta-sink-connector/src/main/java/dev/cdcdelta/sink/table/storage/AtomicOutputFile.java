package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;

/** A file to be written through {@link WarehouseFiles} as a whole; one that is streamed has to be a {@link HeldFile}. */
record AtomicOutputFile(WarehouseFiles files, String path) implements OutputFile {
    @Override
    public PositionOutputStream create(boolean atomicWrite) {
        throw new UnsupportedOperationException(
                path + " would appear even if the writing of it failed: Kernel has to stream it into a HeldFile");
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
