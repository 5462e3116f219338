package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.FileStatus;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Files of one kind of storage, with an atomic put-if-absent. Safe for use by many threads. */
public sealed interface WarehouseFiles extends FileIO, Closeable permits LocalFiles, ObjectStoreFiles, HadoopFiles {
    /**
     * Creates the file with exactly these bytes, or fails and leaves what is there alone.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file exists with other bytes
     */
    void putIfAbsent(String path, byte[] bytes) throws IOException;

    /** Creates the file with exactly these bytes, or replaces it as a whole. */
    void put(String path, byte[] bytes) throws IOException;

    /** Starts a file of a name that nobody else uses. */
    NewFile create(String path) throws IOException;

    /** All files below a directory, at any depth. */
    List<FileStatus> listTree(String directory) throws IOException;

    @Override
    default OutputFile newOutputFile(String path) {
        return new AtomicOutputFile(this, path);
    }

    @Override
    default void copyFileAtomically(String source, String target, boolean overwrite) throws IOException {
        byte[] bytes;
        try (InputStream in = newInputFile(source, -1).newStream()) {
            bytes = in.readAllBytes();
        }
        if (overwrite) {
            put(target, bytes);
        } else {
            putIfAbsent(target, bytes);
        }
    }

    /**
     * The first bytes of a file, where they can be had without asking for its length.
     *
     * @param count at most so many
     * @return fewer bytes where the file is shorter, and also where the reading broke off, or where the store is asked in the usual way
     *     as well: what is not in them may be in the file all the same
     */
    default byte[] beginning(String path, int count) throws IOException {
        return new byte[0];
    }
}
