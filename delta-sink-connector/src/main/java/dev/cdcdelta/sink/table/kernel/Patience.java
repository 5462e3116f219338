package dev.cdcdelta.sink.table.kernel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;

/**
 * How long to ask again while the storage fails.
 *
 * @param pauses before each further attempt
 */
public record Patience(List<Duration> pauses) {
    /** About twelve seconds: a server that restarts is back, and a task is not yet taken for dead. */
    public static Patience normal() {
        return new Patience(List.of(
                Duration.ofMillis(100),
                Duration.ofMillis(400),
                Duration.ofMillis(1_500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(7)));
    }

    /** Work that the storage may fail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    <T> T retry(Work<T> work) throws IOException {
        for (Duration pause : pauses) {
            try {
                return work.run();
            } catch (IOException e) {
                if (!StorageFailure.mayPass(e)) {
                    throw e;
                }
                await(pause, e);
            }
        }
        return work.run();
    }

    private static void await(Duration pause, IOException failure) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while the storage failed");
            interrupted.initCause(failure);
            throw interrupted;
        }
    }
}
