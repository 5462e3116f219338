package dev.cdcdelta.admin.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders of one storage. */
sealed interface Folders extends Closeable permits LocalFolders, BucketFolders {
    /** Names of the folders directly below this one, which is given by its path below the warehouse; empty if it does not exist. */
    List<String> below(List<String> path) throws IOException;

    static Folders of(String warehouse, Map<String, String> hadoopOptions) throws IOException {
        Optional<Path> local = LocalPath.of(warehouse);
        return local.isPresent() ? new LocalFolders(local.get()) : BucketFolders.open(warehouse, hadoopOptions);
    }
}
