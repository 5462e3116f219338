package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileReadRequest;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** A sound engine until it is told otherwise: reading the log breaks off after a batch, or listing stops with a write. */
final class FaultyEngine implements Engine {
    private final Engine sound;
    private Optional<Throwable> afterFirstBatch = Optional.empty();
    private Optional<String> lastWrite = Optional.empty();
    private boolean started;
    private boolean unlisted;

    FaultyEngine(Engine sound) {
        this.sound = sound;
    }

    /** @param failure what reading the log ends with after one batch: a RuntimeException or an Error */
    void breakOffReading(Throwable failure) {
        afterFirstBatch = Optional.of(failure);
    }

    /** No directory can be listed once a file of this name is written. */
    void listNothingAfterWriting(String name) {
        lastWrite = Optional.of(name);
    }

    boolean failsToList() {
        return unlisted;
    }

    @Override
    public ExpressionHandler getExpressionHandler() {
        return sound.getExpressionHandler();
    }

    @Override
    public ParquetHandler getParquetHandler() {
        return sound.getParquetHandler();
    }

    @Override
    public JsonHandler getJsonHandler() {
        return new FaultyJson(sound.getJsonHandler());
    }

    @Override
    public FileSystemClient getFileSystemClient() {
        return new FaultyDirectories(sound.getFileSystemClient());
    }

    private final class FaultyJson implements JsonHandler {
        private final JsonHandler handler;

        FaultyJson(JsonHandler handler) {
            this.handler = handler;
        }

        @Override
        public ColumnarBatch parseJson(
                ColumnVector texts, StructType outputSchema, Optional<ColumnVector> selectionVector) {
            return handler.parseJson(texts, outputSchema, selectionVector);
        }

        @Override
        public CloseableIterator<ColumnarBatch> readJsonFiles(
                CloseableIterator<FileStatus> files, StructType physicalSchema, Optional<Predicate> predicate)
                throws IOException {
            CloseableIterator<ColumnarBatch> batches = handler.readJsonFiles(files, physicalSchema, predicate);
            return afterFirstBatch.isEmpty() ? batches : new BrokenOff(batches, afterFirstBatch.get());
        }

        @Override
        public void writeJsonFileAtomically(String path, CloseableIterator<Row> data, boolean overwrite)
                throws IOException {
            handler.writeJsonFileAtomically(path, data, overwrite);
            unlisted |= lastWrite.filter(path::endsWith).isPresent();
        }
    }

    private final class BrokenOff implements CloseableIterator<ColumnarBatch> {
        private final CloseableIterator<ColumnarBatch> batches;
        private final Throwable failure;

        BrokenOff(CloseableIterator<ColumnarBatch> batches, Throwable failure) {
            this.batches = batches;
            this.failure = failure;
        }

        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public ColumnarBatch next() {
            if (started && failure instanceof Error error) {
                throw error;
            }
            if (started && failure instanceof RuntimeException exception) {
                throw exception;
            }
            started = true;
            return batches.next();
        }

        @Override
        public void close() throws IOException {
            batches.close();
        }
    }

    private final class FaultyDirectories implements FileSystemClient {
        private final FileSystemClient client;

        FaultyDirectories(FileSystemClient client) {
            this.client = client;
        }

        @Override
        public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
            if (unlisted) {
                throw new IOException("the store is gone");
            }
            return client.listFrom(path);
        }

        @Override
        public String resolvePath(String path) throws IOException {
            return client.resolvePath(path);
        }

        @Override
        public CloseableIterator<ByteArrayInputStream> readFiles(CloseableIterator<FileReadRequest> requests)
                throws IOException {
            return client.readFiles(requests);
        }

        @Override
        public boolean mkdirs(String path) throws IOException {
            return client.mkdirs(path);
        }

        @Override
        public boolean delete(String path) throws IOException {
            return client.delete(path);
        }

        @Override
        public FileStatus getFileStatus(String path) throws IOException {
            return client.getFileStatus(path);
        }

        @Override
        public void copyFileAtomically(String source, String target, boolean overwrite) throws IOException {
            client.copyFileAtomically(source, target, overwrite);
        }
    }
}
