package dev.cdcdelta.sink.table.storage;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes under another name and renames when it is closed: file systems that the user brings cannot be told to give an upload up, and
 * some end it as if it were whole. A file that has the name by then stays: it is this one, or a checkpoint that says the same.
 */
final class RenamedFile extends NewFile {
    private static final String SUFFIX = ".tmp";

    private final FileSystem fileSystem;
    private final Path target;
    private final Path written;
    private final FSDataOutputStream out;
    private boolean closed;

    RenamedFile(FileSystem fileSystem, Path target) throws IOException {
        this.fileSystem = fileSystem;
        this.target = target;
        this.written = temporary(target);
        this.out = fileSystem.create(written, true);
    }

    /** A name in the same directory that no reader of a Delta table looks at. */
    static Path temporary(Path target) {
        return new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + SUFFIX);
    }

    static boolean isTemporary(Path path) {
        return path.getName().startsWith(".") && path.getName().endsWith(SUFFIX);
    }

    @Override
    public long getPos() {
        return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            place();
        } catch (IOException e) {
            delete(fileSystem, written, e);
            throw e;
        }
    }

    private void place() throws IOException {
        long length = out.getPos();
        out.close();
        long stored = fileSystem.getFileStatus(written).getLen();
        if (stored != length) {
            throw new IOException(target + " was stored with " + stored + " bytes instead of " + length);
        }
        IOException failure = new IOException(written + " could not be renamed to " + target);
        try {
            if (fileSystem.rename(written, target)) {
                return;
            }
        } catch (IOException e) {
            failure = e;
        }
        if (!fileSystem.exists(target)) {
            throw failure;
        }
        fileSystem.delete(written, false);
    }

    /** Cleans up behind a failure, which tells more than one of the cleaning. */
    static void delete(FileSystem fileSystem, Path written, IOException failure) {
        try {
            fileSystem.delete(written, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void abandon() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
        } finally {
            fileSystem.delete(written, false);
        }
    }
}
