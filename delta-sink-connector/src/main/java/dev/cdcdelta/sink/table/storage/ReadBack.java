package dev.cdcdelta.sink.table.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What stands under a name when its writer was told that it lost, or nothing it can rely on: it may have won and not heard of it. */
enum ReadBack {
    OURS,
    ANOTHERS,
    NOTHING;

    static ReadBack of(FileSystem fileSystem, Path path, byte[] written) throws IOException {
        try (InputStream in = new ObjectInputFile(fileSystem, path, -1).newStream()) {
            return Arrays.equals(in.readAllBytes(), written) ? OURS : ANOTHERS;
        } catch (FileNotFoundException e) {
            return NOTHING;
        }
    }

    /**
     * Returns if the bytes are there after all.
     *
     * @param failure why they may not be
     * @throws FileAlreadyExistsException if others are there
     */
    static void settle(FileSystem fileSystem, Path path, byte[] written, IOException failure) throws IOException {
        ReadBack found;
        try {
            found = of(fileSystem, path, written);
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        if (found == ANOTHERS) {
            FileAlreadyExistsException exists = new FileAlreadyExistsException(path.toString());
            exists.initCause(failure);
            throw exists;
        }
        if (found == NOTHING) {
            throw failure;
        }
    }
}
