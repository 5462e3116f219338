package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * One new file for Kernel to write, held back until {@link #publish()}. Kernel's Parquet writer closes its output after a failure just
 * as after the last row, with a footer that makes what there is of the file look whole.
 */
public final class HeldFile implements FileIO, Closeable {
    private final WarehouseFiles files;
    private final String path;
    private final NewFile file;
    private boolean published;

    public HeldFile(WarehouseFiles files, String path) throws IOException {
        this.files = files;
        this.path = path;
        this.file = files.create(path);
    }

    /** Makes the file appear as a whole. */
    public void publish() throws IOException {
        file.close();
        published = true;
    }

    /** Abandons the file unless it is published. */
    @Override
    public void close() throws IOException {
        if (!published) {
            file.abandon();
        }
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return path.equals(this.path) ? new Output() : files.newOutputFile(path);
    }

    /** Kernel asks for what it has just written. */
    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        return path.equals(this.path) ? FileStatus.of(path, file.getPos(), 0) : files.getFileStatus(path);
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
        return files.listFrom(filePath);
    }

    @Override
    public String resolvePath(String path) throws IOException {
        return files.resolvePath(path);
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        return files.mkdirs(path);
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        return files.newInputFile(path, fileSize);
    }

    @Override
    public boolean delete(String path) throws IOException {
        return files.delete(path);
    }

    @Override
    public Optional<String> getConf(String key) {
        return files.getConf(key);
    }

    @Override
    public void copyFileAtomically(String source, String target, boolean overwrite) throws IOException {
        files.copyFileAtomically(source, target, overwrite);
    }

    private final class Output implements OutputFile {
        @Override
        public String path() {
            return path;
        }

        @Override
        public PositionOutputStream create(boolean atomicWrite) {
            return new OpenStream();
        }

        @Override
        public void writeAtomically(CloseableIterator<String> data, boolean overwrite) throws IOException {
            files.newOutputFile(path).writeAtomically(data, overwrite);
        }
    }

    /** Stays open when it is closed. */
    private final class OpenStream extends PositionOutputStream {
        @Override
        public long getPos() throws IOException {
            return file.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            file.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void close() {}
    }
}
