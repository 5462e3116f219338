package dev.cdcdelta.sink;

import dev.cdcdelta.sink.table.StorageException;
import java.io.IOException;

/** What the table layer throws while its storage is out of order. */
final class StorageFailures {
    private StorageFailures() {}

    static StorageException unavailable() {
        return new StorageException(
                "The table could not be committed to: 503. Check the warehouse, then restart the task.",
                new IOException("503 Slow Down"),
                false);
    }
}
