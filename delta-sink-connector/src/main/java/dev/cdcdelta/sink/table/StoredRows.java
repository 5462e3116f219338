package dev.cdcdelta.sink.table;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import java.io.UncheckedIOException;

/** The rows of a file, whose failures, at whatever row, say which table it was and what to do, as all {@link StorageWork} does. */
record StoredRows(String location, CloseableIterator<StoredRow> rows) implements CloseableIterator<StoredRow> {
    private static final String VERB = "read";

    @Override
    public boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (UncheckedIOException | KernelException | KernelEngineException e) {
            throw StorageWork.failed(location, VERB, e);
        }
    }

    @Override
    public StoredRow next() {
        try {
            return rows.next();
        } catch (UncheckedIOException | KernelException | KernelEngineException e) {
            throw StorageWork.failed(location, VERB, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (UncheckedIOException | KernelException | KernelEngineException e) {
            throw StorageWork.failed(location, VERB, e);
        }
    }
}
