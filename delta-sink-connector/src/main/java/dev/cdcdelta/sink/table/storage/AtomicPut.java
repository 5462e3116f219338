package dev.cdcdelta.sink.table.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** How a store makes a file appear whole, to one writer of its name. */
sealed interface AtomicPut permits RenamePut, GenerationPut {
    /** @throws java.nio.file.FileAlreadyExistsException if the file exists with other bytes */
    void putIfAbsent(Path path, byte[] bytes) throws IOException;

    void replace(Path path, byte[] bytes) throws IOException;
}
