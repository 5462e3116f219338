package dev.cdcdelta.sink.table;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.connect.errors.ConnectException;

/** Work on a table whose failures say which table it was and what to do. */
final class TableAccess {
    private TableAccess() {}

    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** @param verb what was to be done with the table, as in "could not be read" */
    static <T> T run(String location, String verb, Work<T> work) {
        try {
            return work.run();
        } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
            throw failed(location, verb, e);
        }
    }

    static ConnectException failed(String location, String verb, Exception cause) {
        return new ConnectException(
                "The table " + location + " could not be " + verb + ": " + rootMessage(cause)
                        + ". Check the warehouse and the hadoop.* options, then restart the task.",
                cause);
    }

    private static String rootMessage(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() instanceof IOException) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ", "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
