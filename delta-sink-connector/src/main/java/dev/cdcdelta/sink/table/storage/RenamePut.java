package dev.cdcdelta.sink.table.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * For Azure, whose files are seen from their creation on, and grow: a file is written under another name and then renamed, which the store
 * does in one step and refuses where the new name is taken. It takes a hierarchical namespace; without one a rename is a copy.
 */
record RenamePut(FileSystem fileSystem) implements AtomicPut {
    private static final int ATTEMPTS = 5;

    @Override
    public void putIfAbsent(Path path, byte[] bytes) throws IOException {
        Path written = written(path, bytes);
        IOException failure = tryRename(written, path);
        if (failure != null) {
            // Gone, it cannot be renamed later either, by a request that is still on its way.
            RenamedFile.delete(fileSystem, written, failure);
            ReadBack.settle(fileSystem, path, bytes, failure);
        }
    }

    /** Whoever reads at that moment finds no file; but none finds a part of one. */
    @Override
    public void replace(Path path, byte[] bytes) throws IOException {
        Path written = written(path, bytes);
        IOException failure = tryRename(written, path);
        for (int attempt = 1; failure != null && attempt < ATTEMPTS; attempt++) {
            if (ReadBack.of(fileSystem, path, bytes) == ReadBack.OURS) {
                break;
            }
            fileSystem.delete(path, false);
            failure = tryRename(written, path);
        }
        if (failure != null) {
            RenamedFile.delete(fileSystem, written, failure);
            ReadBack.settle(fileSystem, path, bytes, failure);
        }
    }

    private Path written(Path path, byte[] bytes) throws IOException {
        Path written = RenamedFile.temporary(path);
        try (OutputStream out = fileSystem.create(written, true)) {
            out.write(bytes);
        } catch (IOException e) {
            RenamedFile.delete(fileSystem, written, e);
            throw e;
        }
        return written;
    }

    /** @return why it did not come about, or may not have */
    private @Nullable IOException tryRename(Path from, Path to) {
        try {
            return fileSystem.rename(from, to) ? null : new IOException(from + " could not be renamed to " + to);
        } catch (IOException e) {
            return e;
        }
    }
}
