package dev.cdcdelta.sink;

import java.io.IOException;
import org.apache.kafka.connect.errors.ConnectException;

/** What the table layer throws while its storage is out of order. */
final class StorageFailures {
    private StorageFailures() {}

    static ConnectException unavailable() {
        return new ConnectException(
                "The table could not be committed to: 503. Check the warehouse, then restart the task.",
                new IOException("503 Slow Down"));
    }
}
