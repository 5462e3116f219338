package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/**
 * Lets other processes ask the supervisor for a new worker: they create a file that holds the worker's number, and the
 * supervisor deletes it when the worker serves.
 */
final class WorkerRestarts {
    private static final long POLL_MILLIS = 200;

    private final StackDirectory directory;
    private final LocalStack stack;
    private final Consumer<String> progress;

    WorkerRestarts(StackDirectory directory, LocalStack stack, Consumer<String> progress) {
        this.directory = directory;
        this.stack = stack;
        this.progress = progress;
    }

    void serveForever() throws InterruptedException {
        delete();
        while (true) {
            if (Files.exists(directory.workerRestartRequest())) {
                try {
                    stack.restartWorker(requested());
                } catch (StackException e) {
                    progress.accept(String.valueOf(e.getMessage()));
                }
                delete();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    static void request(StackDirectory directory, int number) {
        StackDirectory.writePrivately(directory.workerRestartRequest(), Integer.toString(number));
    }

    private int requested() {
        try {
            return Integer.parseInt(
                    Files.readString(directory.workerRestartRequest()).strip());
        } catch (NumberFormatException e) {
            throw new StackException(directory.workerRestartRequest() + " holds no number of a worker.", e);
        } catch (IOException e) {
            throw new StackException(directory.workerRestartRequest() + " cannot be read: " + e, e);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(directory.workerRestartRequest());
        } catch (IOException e) {
            throw new StackException("The file " + directory.workerRestartRequest() + " cannot be deleted: " + e, e);
        }
    }
}
