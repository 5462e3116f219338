package dev.cdcdelta.sink.table.storage;

import dev.cdcdelta.sink.log.LogContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * For Google's store, whose objects appear when their upload ends, and there on the condition that the name is at the generation that
 * it was at when the upload began: none, for an object that must not exist.
 */
record GenerationPut(FileSystem fileSystem) implements AtomicPut {
    @Override
    public void putIfAbsent(Path path, byte[] bytes) throws IOException {
        try {
            upload(path, bytes, false);
        } catch (IOException e) {
            // The clients have several words for a condition that was not met, and repeat uploads by themselves.
            ReadBack.settle(fileSystem, path, bytes, e);
        }
    }

    @Override
    public void replace(Path path, byte[] bytes) throws IOException {
        try {
            upload(path, bytes, true);
        } catch (IOException e) {
            if (ReadBack.of(fileSystem, path, bytes) != ReadBack.OURS) {
                throw e;
            }
        }
    }

    /** On a thread that nobody interrupts: Google's connector has been seen to end an interrupted upload early, as if that were all. */
    private void upload(Path path, byte[] bytes, boolean overwrite) throws IOException {
        FutureTask<Long> upload = new FutureTask<>(() -> {
            try (OutputStream out = fileSystem.create(path, overwrite)) {
                out.write(bytes);
            }
            return (long) bytes.length;
        });
        Thread thread = new Thread(LogContext.current().around(upload), "cdcdelta-upload");
        thread.setDaemon(true);
        thread.start();
        await(path, upload);
    }

    private static void await(Path path, FutureTask<Long> upload) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    upload.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(path + " could not be uploaded: " + e.getCause(), e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
