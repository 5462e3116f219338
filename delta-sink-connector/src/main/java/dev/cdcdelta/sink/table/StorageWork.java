package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.table.kernel.StorageFailure;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.connect.errors.ConnectException;

/** Work on a table whose failures say which table it was and what to do. */
@FunctionalInterface
interface StorageWork<T> {
    T run() throws IOException;

    /** @param verb what was to be done with the table, as in "could not be read" */
    static <T> T run(String location, String verb, StorageWork<T> work) {
        try {
            return work.run();
        } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
            throw failed(location, verb, e);
        }
    }

    static ConnectException failed(String location, String verb, Exception cause) {
        String problem = "The table " + location + " could not be " + verb + ": " + StorageFailure.root(cause) + ". ";
        return StorageFailure.mayPass(cause)
                ? new StorageException(
                        problem + "If that does not pass, check the warehouse, then restart the task.", cause, true)
                : new ConnectException(
                        problem + "Check the warehouse and the hadoop.* options, then restart the task.", cause);
    }
}
