package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;

/** Writes bytes to a place in a file. The one door through which a store writes, so that a test can shut it at any moment. */
@FunctionalInterface
public interface Disk {
    Disk REAL = (file, bytes, offset) -> {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    };

    void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException;

    /** Has writes done that nobody waits for yet; here at once, in the caller's thread. */
    default void later(Runnable writes) {
        writes.run();
    }

    /** Does what may be done later on other threads. */
    static Disk behind(Executor threads) {
        return new Disk() {
            @Override
            public void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
                REAL.write(file, bytes, offset);
            }

            @Override
            public void later(Runnable writes) {
                threads.execute(writes);
            }
        };
    }
}
