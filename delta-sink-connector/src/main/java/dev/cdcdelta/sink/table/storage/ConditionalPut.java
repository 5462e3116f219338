package dev.cdcdelta.sink.table.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.AWSBadRequestException;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/** PUT with {@code If-None-Match: *}: of all writers of a name, one wins. */
final class ConditionalPut {
    private static final int ATTEMPTS = 8;
    private static final long FIRST_PAUSE_MILLIS = 20;

    private final FileSystem fileSystem;

    ConditionalPut(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** @throws FileAlreadyExistsException if the object exists with other bytes */
    void put(Path path, byte[] bytes) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                putOnce(path, bytes);
                return;
            } catch (RemoteFileChangedException e) {
                // 412. It may be our own PUT that was stored and whose answer was lost: the SDK repeats it and meets
                // itself.
                if (ReadBack.of(fileSystem, path, bytes) == ReadBack.OURS) {
                    return;
                }
                FileAlreadyExistsException exists = new FileAlreadyExistsException(path.toString());
                exists.initCause(e);
                throw exists;
            } catch (AWSBadRequestException e) {
                // 409 ConditionalRequestConflict: another writer is at work on the name just now, who wins is open.
                if (e.statusCode() != 409 || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private void putOnce(Path path, byte[] bytes) throws IOException {
        try (ObjectOutputStream out = ObjectOutputStream.conditional(fileSystem, path)) {
            out.writeWhole(bytes);
        }
    }

    private static void pause(int attempt) throws IOException {
        long limit = FIRST_PAUSE_MILLIS << attempt;
        try {
            TimeUnit.MILLISECONDS.sleep(limit / 2 + ThreadLocalRandom.current().nextLong(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while waiting to repeat a PUT");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
